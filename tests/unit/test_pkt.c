/* Packets and lists of references: what servers say, and what they should not. */
#include "fixture.h"

#include "fetch/pkt.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define ZERO "0000000000000000000000000000000000000000"
#define LONG "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct refs_kind version2, version0 = {.version0 = true}, sha256 = {.sha256 = true};

/* A list read from memory of exactly that size: "NAME ID [>SYMREF] [^PEELED]" a line, or the error. For free(). */
static char *parse(const char *bytes, size_t len, const struct refs_kind *kind)
{
	char *copy = mem_realloc(mem_dup(bytes, len), len ? len : 1, 1);
	struct ask_answer answer = {0};
	struct args texts = ARGS_INIT;
	struct err err = ERR_INIT;
	struct str out = STR_INIT;
	int failed = refs_parse(slice_make(copy, len), kind, &answer, &texts, &err);
	assert_int_equal(failed != 0, err_is_set(&err));
	free(copy);
	for (size_t i = 0; i < answer.count && !failed; i++) {
		const struct ask_ref *ref = &answer.refs[i];
		str_addf(&out, "%s %.1s%s%s%s%.1s\n", ref->name, ref->id ? ref->id : "-", ref->symref ? " >" : "",
			 ref->symref ? ref->symref : "", ref->peeled ? " ^" : "", ref->peeled ? ref->peeled : "");
	}
	if (failed)
		str_adds(&out, err_text(&err));
	ask_answer_release(&answer);
	args_release(&texts);
	err_release(&err);
	return str_detach(&out);
}

static void assert_refs(const char *const *lines, const struct refs_kind *kind, const char *refs)
{
	struct str bytes = STR_INIT;
	for (; *lines; lines++)
		pkt_add_text(&bytes, *lines);
	pkt_add_flush(&bytes);
	char *got = parse(bytes.data, bytes.len, kind);
	assert_string_equal(got, refs);
	free(got);
	/* Nothing may be missing, and nothing may follow. */
	for (size_t len = 0; len < bytes.len; len++)
		free(parse(bytes.data, len, kind));
	str_addc(&bytes, '0');
	got = parse(bytes.data, bytes.len, kind);
	assert_string_equal(got, "something follows the list");
	free(got);
	str_release(&bytes);
}

static void assert_wrong(const char *const *lines, const struct refs_kind *kind, const char *why)
{
	struct str bytes = STR_INIT;
	for (; *lines; lines++)
		pkt_add_text(&bytes, *lines);
	pkt_add_flush(&bytes);
	char *got = parse(bytes.data, bytes.len, kind);
	assert_string_equal(got, why);
	free(got);
	str_release(&bytes);
}

#define LINES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_version2(void **state)
{
	(void)state;
	assert_refs(
	    LINES(A " HEAD symref-target:refs/heads/main\n", A " refs/heads/main\n", B " refs/tags/v1 peeled:" A "\n"),
	    &version2, "HEAD a >refs/heads/main\nrefs/heads/main a\nrefs/tags/v1 b ^a\n");
	assert_refs(LINES(A " refs/heads/x", B " refs/heads/y something:new"), &version2,
		    "refs/heads/x a\nrefs/heads/y b\n");
	assert_refs(LINES("unborn HEAD symref-target:refs/heads/main\n"), &version2, "HEAD - >refs/heads/main\n");
	assert_refs(LINES(LONG " refs/heads/x\n"), &sha256, "refs/heads/x 0\n");
	char *none = parse("0000", 4, &version2);
	assert_string_equal(none, "");
	free(none);
}

static void test_version2_wrong(void **state)
{
	(void)state;
	const char *odd = "a line is not understood";
	assert_wrong(LINES("ERR access denied\n"), &version2, "access denied");
	assert_wrong(LINES(A), &version2, odd);
	assert_wrong(LINES(A " "), &version2, odd);
	assert_wrong(LINES("x" A " refs/heads/x"), &version2, odd);
	assert_wrong(LINES("g" LONG " refs/heads/x"), &sha256, odd);
	assert_wrong(LINES(A " refs/heads/x"), &sha256, odd);
	assert_wrong(LINES(LONG " refs/heads/x"), &version2, odd);
	assert_wrong(LINES(A " refs/\theads"), &version2, odd);
	assert_wrong(LINES(A " refs/tags/x peeled:" LONG), &version2, "a peeled id is broken");
	assert_wrong(LINES(A " HEAD symref-target:"), &version2, "a symbolic reference is broken");
	static const char *const garbage[] = {"",     "0",    "000",  "0002", "0003",	"fff",
					      "ffff", "zzzz", "0005", "0004", "<html>", "0001"};
	for (size_t i = 0; i < LENGTH(garbage); i++) {
		char *got = parse(garbage[i], strlen(garbage[i]), &version2);
		assert_true(*got);
		free(got);
	}
}

/* The first line has a NUL in it. */
static void add_first(struct str *bytes, const char *line, const char *capabilities)
{
	struct str whole = STR_INIT;
	str_adds(&whole, line);
	str_addc(&whole, '\0');
	str_adds(&whole, capabilities);
	pkt_add(bytes, str_slice(&whole));
	str_release(&whole);
}

static void test_version0(void **state)
{
	(void)state;
	struct str bytes = STR_INIT;
	pkt_add_text(&bytes, "version 1\n");
	add_first(&bytes, A " HEAD", "multi_ack symref=HEAD:refs/heads/main agent=git/2\n");
	pkt_add_text(&bytes, A " refs/heads/main\n");
	pkt_add_text(&bytes, B " refs/tags/v1\n");
	pkt_add_text(&bytes, A " refs/tags/v1^{}\n");
	pkt_add_flush(&bytes);
	char *got = parse(bytes.data, bytes.len, &version0);
	assert_string_equal(got, "HEAD a >refs/heads/main\nrefs/heads/main a\nrefs/tags/v1 b ^a\n");
	free(got);
	str_clear(&bytes);
	add_first(&bytes, ZERO " capabilities^{}", " symref=HEAD:refs/heads/main object-format=sha1");
	pkt_add_flush(&bytes);
	got = parse(bytes.data, bytes.len, &version0);
	assert_string_equal(got, "");
	free(got);
	str_clear(&bytes);
	add_first(&bytes, A " HEAD", "object-format=sha256");
	pkt_add_flush(&bytes);
	got = parse(bytes.data, bytes.len, &version0);
	assert_string_equal(got, "its object ids are of another kind");
	free(got);
	str_release(&bytes);
	assert_wrong(LINES(A " HEAD"), &version0, "the capabilities are missing");
	assert_wrong(LINES("version 2", "ls-refs"), &version0, "the capabilities are missing");
	assert_wrong(LINES("ERR no such repository"), &version0, "no such repository");
	got = parse("0000", 4, &version0); /* an empty repository of an older server */
	assert_string_equal(got, "");
	free(got);
}

static void test_command(void **state)
{
	(void)state;
	struct str out = STR_INIT;
	struct ask_question question = {0};
	args_push(&question.prefixes, "refs/heads/");
	args_push(&question.prefixes, "HEAD");
	pkt_add_ls_refs(&out, &question);
	assert_string_equal(
	    str_cstr(&out),
	    "0014command=ls-refs\n00010009peel\n000csymrefs\n001bref-prefix refs/heads/\n0014ref-prefix HEAD\n0000");
	size_t at = 0;
	assert_int_equal(pkt_find_flush(slice_of("0005a0006b\n00000005"), &at), PKT_FLUSH);
	assert_int_equal(at, 15);
	at = 0;
	assert_int_equal(pkt_find_flush(slice_of("0005a0006b"), &at), PKT_PART);
	assert_int_equal(at, 5);
	assert_int_equal(pkt_find_flush(slice_of("0005a0001"), &at), PKT_BROKEN);
	ask_question_release(&question);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_version2),
	    cmocka_unit_test(test_version2_wrong),
	    cmocka_unit_test(test_version0),
	    cmocka_unit_test(test_command),
	};
	return cmocka_run_group_tests_name("pkt", tests, NULL, NULL);
}
