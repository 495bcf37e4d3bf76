/* Lists of references from any bytes: the first one says of what kind (bits: sha256, version 0). What is accepted are
 * whole names and ids, and it survives the way from the network service to the supervisor; what goes that way in pieces
 * is refused. */
#include "fetch/pkt.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_id(const char *id, bool sha256)
{
	if (strlen(id) != (sha256 ? 64 : 40) || strspn(id, "0123456789abcdefABCDEF") != strlen(id))
		abort();
}

static void check_name(const char *name)
{
	if (!*name || strpbrk(name, " \n\t\r\x7f"))
		abort();
}

static void check_answer(const struct ask_answer *answer, bool sha256)
{
	for (size_t i = 0; i < answer->count; i++) {
		const struct ask_ref *ref = &answer->refs[i];
		check_name(ref->name);
		if (ref->id)
			check_id(ref->id, sha256);
		if (ref->peeled)
			check_id(ref->peeled, sha256);
		if (ref->symref)
			check_name(ref->symref);
	}
}

static void check_message(const struct ask_answer *answer)
{
	struct str bytes = STR_INIT;
	struct ask_answer got = {0}, part = {0};
	ask_encode_answer(&bytes, answer);
	if (!ask_decode_answer(&got, str_slice(&bytes)) || got.count != answer->count)
		abort();
	for (size_t i = 0; i < got.count; i++) {
		if (strcmp(got.refs[i].name, answer->refs[i].name) != 0)
			abort();
	}
	if (ask_decode_answer(&part, slice_make(bytes.data, bytes.len - 1)))
		abort();
	ask_answer_release(&got);
	ask_answer_release(&part);
	str_release(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	const struct refs_kind kind = {.sha256 = data[0] & 1, .version0 = data[0] & 2};
	struct slice bytes = slice_make((const char *)data + 1, size - 1);
	struct ask_answer answer = {0}, mangled = {0};
	struct ask_question question = {0};
	struct args texts = ARGS_INIT;
	struct err err = ERR_INIT;
	size_t at = 0;
	pkt_find_flush(bytes, &at);
	if (at > bytes.len)
		abort();
	if (refs_parse(bytes, &kind, &answer, &texts, &err) == 0) {
		check_answer(&answer, kind.sha256);
		check_message(&answer);
	}
	ask_decode_answer(&mangled, bytes);
	ask_decode_question(&question, bytes);
	ask_answer_release(&answer);
	ask_answer_release(&mangled);
	ask_question_release(&question);
	args_release(&texts);
	err_release(&err);
	return 0;
}
