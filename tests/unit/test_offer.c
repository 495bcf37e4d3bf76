/* When a native operation is offered, and what goes to a worker and back. */
#include "fixture.h"

#include "action/offer.h"

#define NO_PIECES {{false, {"", 0}}, {false, {"", 0}}, {false, {"", 0}}}

static void test_decision(MR_UNUSED void **state)
{
	static const struct setting builtin = {.builtin = true}, own = {.builtin = false};
	char *words[] = {(char[]){"-v"}, NULL};
	struct args none = ARGS_INIT, some = {.list = words, .len = 1};
	const struct {
		struct offer_facts facts;
		enum offer_operation expected;
		bool explained;
	} table[] = {
	    {{&builtin, &builtin, false, "git", true, "status", &none}, OFFER_GIT_STATUS, false},
	    {{&builtin, &builtin, false, "git", true, "update", &none}, OFFER_GIT_UPDATE, false},
	    {{&builtin, &builtin, false, "git", true, "push", &none}, OFFER_NOTHING, false},
	    {{&builtin, &builtin, false, "hg", true, "status", &none}, OFFER_NOTHING, false},
	    {{&builtin, &builtin, false, NULL, false, "status", &none}, OFFER_NOTHING, false},
	    {{&own, &builtin, false, "git", true, "status", &none}, OFFER_NOTHING, true},
	    {{&builtin, &own, true, "git", true, "status", &none}, OFFER_GIT_STATUS, false},
	    {{&builtin, &own, false, "git", true, "status", &none}, OFFER_NOTHING, true},
	    {{&builtin, NULL, false, "git", true, "status", &none}, OFFER_NOTHING, true},
	    {{&builtin, &builtin, false, "git", false, "update", &none}, OFFER_NOTHING, true},
	    {{&builtin, &builtin, false, "git", true, "update", &some}, OFFER_NOTHING, true},
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		const char *why = "old";
		assert_int_equal(offer_decide(&table[i].facts, &why), table[i].expected);
		assert_int_equal(why != NULL, table[i].explained);
	}
}

static void test_requests(MR_UNUSED void **state)
{
	static const struct offer_request table[] = {
	    {OFFER_GIT_STATUS, "/home/u/a b", "/home/u/a b/sub", true, false, NULL, {".svn\0CVS", 9}, {"", 0}, 0},
	    {OFFER_GIT_UPDATE, "/\xff\n", "", false, true, NULL, {"", 0}, {"", 0}, 2},
	    {OFFER_GIT_FETCH, "", "", true, true, NULL, {"", 0}, {"a\0b", 3}, 64},
	    {OFFER_CONNECT_CLONE, "/a/b", "/a", false, false, "host:b", {"", 0}, {"", 0}, 1},
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		struct str bytes = STR_INIT;
		struct offer_request back;
		offer_encode_request(&bytes, &table[i]);
		assert_true(offer_decode_request(&back, str_slice(&bytes)));
		assert_int_equal(back.operation, table[i].operation);
		assert_string_equal(back.repo, table[i].repo);
		assert_string_equal(back.cwd, table[i].cwd);
		assert_string_equal(back.target ? back.target : "-", table[i].target ? table[i].target : "-");
		assert_true(slice_equal(back.others, table[i].others));
		assert_true(slice_equal(back.said, table[i].said));
		assert_int_equal(back.out_is_terminal, table[i].out_is_terminal);
		assert_int_equal(back.err_is_terminal, table[i].err_is_terminal);
		str_release(&bytes);
	}
}

static void test_answers(MR_UNUSED void **state)
{
	struct str big = STR_INIT;
	for (int i = 0; i < 1000000; i++)
		str_addc(&big, (char)i);
	const struct offer_answer table[] = {
	    {OFFER_DONE, 0, true, slice_of(""), slice_of(""), slice_of(""), slice_of(""), OFFER_HOST_NOT_ASKED, FAILURE_NONE, {"", 0}, false, NULL, NO_PIECES},
	    {OFFER_DONE, 128, false, str_slice(&big), slice_make("a\0b", 3), slice_of(""), slice_of(""), OFFER_HOST_REACHED, FAILURE_NONE, {"", 0}, false, NULL, NO_PIECES},
	    {OFFER_LEFT, -1, false, slice_of(""), slice_of(""), slice_of("core.fsmonitor is set"), slice_of(""), OFFER_HOST_TRIED, FAILURE_BUSY, {"", 0}, false, "ssh -S x",
	     {{true, slice_of("?? new\n")}, {false, slice_of("")}, {true, slice_of("")}}},
	    {OFFER_RUNS, 0, false, slice_of(""), slice_of(""), slice_of("news"), slice_of(""), OFFER_HOST_REACHED, FAILURE_NONE, {"exec git merge", 14},
	     true, "ssh -S x", NO_PIECES},
	    {OFFER_ASKS, 0, false, slice_of(""), slice_of(""), slice_of(""), str_slice(&big), OFFER_HOST_UNKNOWN, FAILURE_OTHER, {"", 0}, false, NULL, NO_PIECES},
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		struct str bytes = STR_INIT;
		struct offer_answer back;
		offer_encode_answer(&bytes, &table[i]);
		assert_true(offer_decode_answer(&back, str_slice(&bytes)));
		assert_int_equal(back.verdict, table[i].verdict);
		assert_int_equal(back.host, table[i].host);
		assert_int_equal(back.reason, table[i].reason);
		assert_true(slice_equal(back.questions, table[i].questions));
		assert_string_equal(back.share ? back.share : "", table[i].share ? table[i].share : "");
		assert_int_equal(back.sole, table[i].sole);
		assert_int_equal(back.exit_status, table[i].exit_status);
		assert_true(slice_equal(back.out, table[i].out));
		assert_true(slice_equal(back.err, table[i].err));
		for (int piece = 0; piece < OFFER_PIECES; piece++) {
			assert_int_equal(back.pieces[piece].done, table[i].pieces[piece].done);
			assert_true(slice_equal(back.pieces[piece].out, table[i].pieces[piece].out));
		}
		assert_true(slice_equal(back.why, table[i].why));
		assert_true(slice_equal(back.script, table[i].script));
		assert_int_equal(back.fetches, table[i].fetches);
		str_release(&bytes);
	}
	str_release(&big);
}

/* In memory of exactly that size, so that reading beyond it is seen. */
static bool decodes(const char *bytes, size_t len, bool is_request)
{
	char *copy = mem_realloc(NULL, len ? len : 1, 1);
	if (len)
		memcpy(copy, bytes, len);
	struct offer_request request;
	struct offer_answer answer;
	bool decoded = is_request ? offer_decode_request(&request, slice_make(copy, len))
				  : offer_decode_answer(&answer, slice_make(copy, len));
	free(copy);
	return decoded;
}

static void test_truncated(MR_UNUSED void **state)
{
	struct str request = STR_INIT, answer = STR_INIT;
	offer_encode_request(&request, &(struct offer_request){OFFER_GIT_STATUS, "/repo", "/repo/sub", true, true, NULL, slice_of("o"), slice_of("q"), 1});
	offer_encode_answer(&answer, &(struct offer_answer){OFFER_DONE, 1, true, slice_of("out"), slice_of("err"), slice_of("why"),
							    slice_of("question"), OFFER_HOST_FAILED, FAILURE_BUSY, {"git fetch", 9}, true, "ssh", NO_PIECES});
	for (size_t len = 0; len < request.len; len++)
		assert_false(decodes(request.data, len, true));
	for (size_t len = 0; len < answer.len; len++)
		assert_false(decodes(answer.data, len, false));
	str_addc(&request, 'x');
	str_addc(&answer, 'x');
	assert_false(decodes(request.data, request.len, true));
	assert_false(decodes(answer.data, answer.len, false));
	str_release(&request);
	str_release(&answer);
}

/* Lengths that no message has, and texts that do not end where they say. */
static void test_damaged(MR_UNUSED void **state)
{
	struct str good = STR_INIT;
	offer_encode_request(&good, &(struct offer_request){OFFER_GIT_STATUS, "/repo", "/repo/sub", true, true, NULL, slice_of("o"), slice_of("q"), 1});
	static const size_t lengths[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2, 4, 6, 1000};
	for (size_t i = 0; i < LENGTH(lengths); i++) {
		struct str bad = STR_INIT;
		str_add_slice(&bad, str_slice(&good));
		memcpy(bad.data + 3, &lengths[i], sizeof lengths[i]);
		assert_false(decodes(bad.data, bad.len, true));
		str_release(&bad);
	}
	uint32_t seed = 7;
	for (int round = 0; round < 2000; round++) {
		char noise[64];
		for (size_t i = 0; i < sizeof noise; i++)
			noise[i] = (char)next_random(&seed);
		size_t len = next_random(&seed) % (sizeof noise + 1);
		assert_false(decodes(noise, len, true));
		assert_false(decodes(noise, len, false));
	}
	str_release(&good);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_decision),  cmocka_unit_test(test_requests), cmocka_unit_test(test_answers),
	    cmocka_unit_test(test_truncated), cmocka_unit_test(test_damaged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
