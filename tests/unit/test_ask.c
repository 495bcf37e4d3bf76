/* Questions to the network service and its answers: what goes in comes out, and mangled bytes are no message. How long it waits. */
#include "fixture.h"

#include "fetch/ask.h"
#include "fetch/query.h"

static struct ask_question sample_question(void)
{
	struct ask_question question = {
	    .transport = ASK_SSH,
	    .url = "git@host:path",
	    .dir = "/home/me/src",
	    .sha256 = true,
	    .http = {.no_verify = true,
		     .proxy = "",
		     .redirects = ASK_REDIRECTS_NONE,
		     .low_speed_limit = 7,
		     .credentials = "credential.helper=x\n"},
	    .ssh = {.command = "ssh -i 'key'", .user = "git", .host = "host", .port = "22", .path = "path", .ip = 6},
	};
	args_push(&question.prefixes, "refs/heads/");
	args_push(&question.prefixes, "HEAD");
	args_push(&question.http.headers, "X-Header: 1");
	return question;
}

static void test_question(void **state)
{
	(void)state;
	struct str bytes = STR_INIT;
	struct ask_question sent = sample_question(), got = {0};
	ask_encode_question(&bytes, &sent);
	assert_true(ask_decode_question(&got, str_slice(&bytes)));
	assert_int_equal(got.transport, ASK_SSH);
	assert_string_equal(got.url, sent.url);
	assert_string_equal(got.dir, sent.dir);
	assert_true(got.sha256);
	assert_false(got.version0);
	assert_int_equal(got.prefixes.len, 2);
	assert_string_equal(got.prefixes.list[1], "HEAD");
	assert_true(got.http.no_verify);
	assert_null(got.http.ssl_ca_info);
	assert_string_equal(got.http.proxy, "");
	assert_string_equal(got.http.headers.list[0], "X-Header: 1");
	assert_int_equal(got.http.redirects, ASK_REDIRECTS_NONE);
	assert_int_equal(got.http.low_speed_limit, 7);
	assert_string_equal(got.http.credentials, "credential.helper=x\n");
	assert_string_equal(got.ssh.command, sent.ssh.command);
	assert_null(got.ssh.program);
	assert_string_equal(got.ssh.path, "path");
	assert_int_equal(got.ssh.ip, 6);
	ask_question_release(&sent);
	ask_question_release(&got);
	str_release(&bytes);
}

static struct ask_answer sample_answer(void)
{
	struct ask_answer answer = {.message = "fine", .share = "ssh -S x"};
	*ask_answer_add(&answer) = (struct ask_ref){.name = "HEAD", .id = "0123", .symref = "refs/heads/main"};
	*ask_answer_add(&answer) = (struct ask_ref){.name = "refs/tags/v1", .id = "4567", .peeled = "89ab"};
	return answer;
}

static void test_answer(void **state)
{
	(void)state;
	struct str bytes = STR_INIT;
	struct ask_answer sent = sample_answer(), got = {0};
	ask_encode_answer(&bytes, &sent);
	assert_true(ask_decode_answer(&got, str_slice(&bytes)));
	assert_int_equal(got.kind, ASK_REFS);
	assert_int_equal(got.reason, FAILURE_NONE);
	assert_string_equal(got.message, "fine");
	assert_string_equal(got.share, "ssh -S x");
	assert_int_equal(got.count, 2);
	assert_string_equal(got.refs[0].symref, "refs/heads/main");
	assert_null(got.refs[0].peeled);
	assert_string_equal(got.refs[1].name, "refs/tags/v1");
	assert_string_equal(got.refs[1].peeled, "89ab");
	ask_answer_release(&sent);
	ask_answer_release(&got);
	str_release(&bytes);
}

/* From memory of exactly that size, so that a sanitizer sees a byte too many being read. */
static bool decodes(bool question, const char *bytes, size_t len)
{
	char *copy = mem_dup(bytes, len);
	copy = mem_realloc(copy, len, 1);
	struct ask_question asked = {0};
	struct ask_answer answered = {0};
	bool fine = question ? ask_decode_question(&asked, slice_make(copy, len))
			     : ask_decode_answer(&answered, slice_make(copy, len));
	ask_question_release(&asked);
	ask_answer_release(&answered);
	free(copy);
	return fine;
}

static void test_mangled(void **state)
{
	(void)state;
	struct ask_question question = sample_question();
	struct ask_answer answer = sample_answer();
	struct str bytes[2] = {STR_INIT, STR_INIT};
	uint32_t seed = 5;
	ask_encode_question(&bytes[0], &question);
	ask_encode_answer(&bytes[1], &answer);
	for (int which = 0; which < 2; which++) {
		struct str *text = &bytes[which];
		assert_true(decodes(!which, text->data, text->len));
		for (size_t len = 1; len < text->len; len++)
			assert_false(decodes(!which, text->data, len));
		str_addc(text, 'x');
		assert_false(decodes(!which, text->data, text->len));
		for (int round = 0; round < 5000; round++) {
			char *byte = &text->data[next_random(&seed) % text->len], old = *byte;
			*byte = (char)next_random(&seed);
			decodes(!which, text->data, text->len - 1);
			*byte = old;
		}
		str_release(text);
	}
	ask_question_release(&question);
	ask_answer_release(&answer);
}

/* Twice as long after each failure, up to a limit, and spread, so that many do not come back at once. */
static void test_backoff(MR_UNUSED void **state)
{
	msec middle = query_backoff(0), low = middle, high = middle;
	for (int i = 0; i < 1000; i++) {
		msec wait = query_backoff(0);
		low = wait < low ? wait : low;
		high = wait > high ? wait : high;
	}
	assert_in_range(low, 100, 200);
	assert_in_range(high, 300, 400);
	for (unsigned failures = 1; failures < 100; failures++) {
		msec factor = (msec)1 << (failures < 6 ? failures : 6);
		assert_in_range(query_backoff(failures), 125 * factor, 375 * factor);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_question),
	    cmocka_unit_test(test_answer),
	    cmocka_unit_test(test_mangled),
	    cmocka_unit_test(test_backoff),
	};
	return cmocka_run_group_tests_name("ask", tests, NULL, NULL);
}
