/* See pkt.h. */
#include "fetch/pkt.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 4, LONGEST = 65520 };

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum pkt_kind pkt_take(struct slice *in, struct slice *data)
{
	size_t len = 0;
	for (size_t i = 0; i < HEAD && i < in->len; i++) {
		int value = digit(in->ptr[i]);
		if (value < 0)
			return PKT_BROKEN;
		len = len * 16 + (size_t)value;
	}
	if (in->len < HEAD)
		return PKT_PART;
	if (len == 2 || len == 3 || len > LONGEST)
		return PKT_BROKEN;
	size_t whole = len < HEAD ? HEAD : len;
	if (in->len < whole)
		return PKT_PART;
	*data = slice_make(in->ptr + HEAD, whole - HEAD);
	if (slice_ends(*data, "\n"))
		data->len--;
	*in = slice_make(in->ptr + whole, in->len - whole);
	return len == 0 ? PKT_FLUSH : len == 1 ? PKT_DELIMITER : PKT_DATA;
}

enum pkt_kind pkt_find_flush(struct slice bytes, size_t *at)
{
	struct slice rest = slice_make(bytes.ptr + *at, bytes.len - *at), data;
	enum pkt_kind kind;
	while ((kind = pkt_take(&rest, &data)) == PKT_DATA)
		;
	*at = bytes.len - rest.len;
	return kind == PKT_DELIMITER ? PKT_BROKEN : kind;
}

void pkt_add(struct str *out, struct slice data)
{
	str_addf(out, "%04x", (unsigned)(data.len + HEAD));
	str_add_slice(out, data);
}

void pkt_add_text(struct str *out, const char *text)
{
	pkt_add(out, slice_of(text));
}

void pkt_add_flush(struct str *out)
{
	str_adds(out, "0000");
}

void pkt_add_ls_refs(struct str *out, const struct ask_question *question)
{
	pkt_add_text(out, "command=ls-refs\n");
	/* SHA-1 is what a server takes for granted, and old ones do not know the word. */
	if (question->sha256)
		pkt_add_text(out, "object-format=sha256");
	str_adds(out, "0001");
	pkt_add_text(out, "peel\n");
	pkt_add_text(out, "symrefs\n");
	for (size_t i = 0; i < question->prefixes.len; i++) {
		char *line = mem_format("ref-prefix %s\n", question->prefixes.list[i]);
		pkt_add_text(out, line);
		free(line);
	}
	pkt_add_flush(out);
}

/* A list being read. */
struct reader {
	const struct refs_kind *kind;
	struct ask_answer *answer;
	struct args *texts;
	struct args symrefs; /* version 0: "HEAD:refs/heads/main" */
	bool begun;	     /* version 0: a reference, and with it the capabilities, was seen */
};

static const char *keep(struct reader *reader, struct slice text)
{
	args_take(reader->texts, mem_dup(text.ptr, text.len));
	return reader->texts->list[reader->texts->len - 1];
}

static bool is_id(const struct reader *reader, struct slice text)
{
	if (text.len != (reader->kind->sha256 ? 64 : 40))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (digit(text.ptr[i]) < 0)
			return false;
	}
	return true;
}

static bool is_zero(struct slice id)
{
	return strspn(id.ptr, "0") >= id.len;
}

static bool is_name(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] <= ' ' || text.ptr[i] == 127)
			return false;
	}
	return text.len > 0;
}

/* Takes what stands before the next blank off *rest. */
static struct slice next_word(struct slice *rest)
{
	const char *blank = memchr(rest->ptr, ' ', rest->len);
	struct slice word = slice_make(rest->ptr, blank ? (size_t)(blank - rest->ptr) : rest->len);
	size_t taken = word.len + (blank ? 1 : 0);
	*rest = slice_make(rest->ptr + taken, rest->len - taken);
	return word;
}

static struct slice after(struct slice text, const char *prefix)
{
	size_t len = strlen(prefix);
	return slice_make(text.ptr + len, text.len - len);
}

static int add_attribute(struct reader *reader, struct ask_ref *ref, struct slice word, struct err *err)
{
	if (slice_starts(word, "symref-target:")) {
		struct slice target = after(word, "symref-target:");
		if (!is_name(target))
			return err_set(err, "a symbolic reference is broken");
		ref->symref = keep(reader, target);
	} else if (slice_starts(word, "peeled:")) {
		struct slice id = after(word, "peeled:");
		if (!is_id(reader, id))
			return err_set(err, "a peeled id is broken");
		ref->peeled = keep(reader, id);
	}
	return 0;
}

/* ID NAME [symref-target:NAME] [peeled:ID], where the ID of an unborn one is "unborn". */
static int add_line(struct reader *reader, struct slice line, struct err *err)
{
	struct slice id = next_word(&line), name = next_word(&line);
	bool unborn = slice_is(id, "unborn");
	if ((!unborn && !is_id(reader, id)) || !is_name(name))
		return err_set(err, "a line is not understood");
	struct ask_ref *ref = ask_answer_add(reader->answer);
	ref->name = keep(reader, name);
	ref->id = unborn ? NULL : keep(reader, id);
	while (line.len) {
		if (add_attribute(reader, ref, next_word(&line), err))
			return -1;
	}
	return 0;
}

static int read_capabilities(struct reader *reader, struct slice list, struct err *err)
{
	bool sha256 = false;
	while (list.len) {
		struct slice word = next_word(&list);
		if (slice_starts(word, "symref="))
			args_take(&reader->symrefs, mem_dup(word.ptr + 7, word.len - 7));
		else if (slice_starts(word, "object-format="))
			sha256 = slice_is(after(word, "object-format="), "sha256");
	}
	return sha256 == reader->kind->sha256 ? 0 : err_set(err, "its object ids are of another kind");
}

/* Puts the symbolic reference's target where a capability told it. */
static void set_symref(struct reader *reader, struct ask_ref *ref)
{
	size_t len = strlen(ref->name);
	for (size_t i = 0; i < reader->symrefs.len; i++) {
		const char *symref = reader->symrefs.list[i];
		if (strncmp(symref, ref->name, len) == 0 && symref[len] == ':' && is_name(slice_of(symref + len + 1)))
			ref->symref = keep(reader, slice_of(symref + len + 1));
	}
}

/* The id behind the annotated tag just read stands in a line of its own. */
static int add_peeled(struct reader *reader, struct slice id, struct slice name, struct err *err)
{
	struct ask_answer *answer = reader->answer;
	struct ask_ref *last = answer->count ? &answer->refs[answer->count - 1] : NULL;
	if (!last || last->peeled || !slice_is(name, last->name))
		return err_set(err, "a peeled id stands alone");
	last->peeled = keep(reader, id);
	return 0;
}

/* ID NAME, in the first line with a NUL and the capabilities behind. */
static int add_line0(struct reader *reader, struct slice line, struct err *err)
{
	const char *nul = memchr(line.ptr, '\0', line.len);
	if (!reader->begun && slice_is(line, "version 1"))
		return 0;
	if (!reader->begun != (nul != NULL))
		return err_set(err, "the capabilities are missing");
	if (nul) {
		size_t len = (size_t)(nul - line.ptr);
		if (read_capabilities(reader, slice_make(nul + 1, line.len - len - 1), err))
			return -1;
		line.len = len;
	}
	reader->begun = true;
	struct slice id = next_word(&line), name = next_word(&line);
	if (!is_id(reader, id) || !is_name(name) || line.len)
		return err_set(err, "a line is not understood");
	if (slice_is(name, "capabilities^{}") && is_zero(id))
		return 0;
	if (slice_ends(name, "^{}"))
		return add_peeled(reader, id, slice_make(name.ptr, name.len - 3), err);
	struct ask_ref *ref = ask_answer_add(reader->answer);
	ref->name = keep(reader, name);
	ref->id = keep(reader, id);
	set_symref(reader, ref);
	return 0;
}

static int read_list(struct reader *reader, struct slice bytes, struct err *err)
{
	struct slice line;
	for (;;) {
		switch (pkt_take(&bytes, &line)) {
		case PKT_FLUSH:
			return bytes.len ? err_set(err, "something follows the list") : 0;
		case PKT_DATA:
			break;
		default:
			return err_set(err, "it is no list of references");
		}
		if (slice_starts(line, "ERR "))
			return err_set(err, "%.*s", (int)(line.len < 1000 ? line.len - 4 : 1000), line.ptr + 4);
		if (reader->kind->version0 ? add_line0(reader, line, err) : add_line(reader, line, err))
			return -1;
	}
}

int refs_parse(struct slice bytes, const struct refs_kind *kind, struct ask_answer *answer, struct args *texts,
	       struct err *err)
{
	struct reader reader = {.kind = kind, .answer = answer, .texts = texts};
	int failed = read_list(&reader, bytes, err);
	args_release(&reader.symrefs);
	return failed;
}
