/* What git and ssh say when something fails, by what it means. */
#include "fixture.h"

#include "base/failure.h"

static void test_words(void **state)
{
	(void)state;
	static const struct {
		const char *words;
		enum failure failure;
	} table[] = {
	    {"", FAILURE_NONE},
	    {"fatal: bad object HEAD\n", FAILURE_NONE},
	    {"git@host: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\nPlease make "
	     "sure you have the "
	     "correct access rights\nand the repository exists.\n",
	     FAILURE_AUTHENTICATION},
	    {"fatal: could not read Username for 'https://host': terminal prompts disabled\n", FAILURE_AUTHENTICATION},
	    {"fatal: unable to access 'https://host/x/': The requested URL returned error: 403\n",
	     FAILURE_AUTHENTICATION},
	    {"@@@\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.\n",
	     FAILURE_HOST_KEY},
	    {"fatal: unable to access 'x': SSL certificate problem: self-signed certificate\n", FAILURE_CERTIFICATE},
	    {"fatal: unable to access 'x': server certificate verification failed. CAfile: none CRLfile: none\n",
	     FAILURE_CERTIFICATE},
	    {"fatal: unable to access 'x': Could not resolve host: nowhere.invalid\n", FAILURE_UNREACHABLE},
	    {"ssh: connect to host x port 22: Connection refused\n", FAILURE_UNREACHABLE},
	    {"ssh: Could not resolve hostname x: Temporary failure in name resolution\n", FAILURE_UNREACHABLE},
	    {"kex_exchange_identification: read: Connection reset by peer\n", FAILURE_UNREACHABLE},
	    {"ssh: connect to host x port 22: Connection timed out\n", FAILURE_TIMEOUT},
	    {"fatal: repository 'https://host/x/' not found\n", FAILURE_NOT_FOUND},
	    {"fatal: '/x' does not appear to be a git repository\n", FAILURE_NOT_FOUND},
	    {"fatal: unable to access 'x': The requested URL returned error: 429\n", FAILURE_BUSY},
	    {"error: Your local changes to the following files would be overwritten by merge:\n\tfile\n",
	     FAILURE_LOCAL_CHANGES},
	    {"fatal: Need to specify how to reconcile divergent branches.\n", FAILURE_DIVERGED},
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		if (failure_of_words(slice_of(table[i].words)) != table[i].failure)
			fail_msg("%s: %s", table[i].words, failure_text(failure_of_words(slice_of(table[i].words))));
	}
}

static void test_texts(void **state)
{
	(void)state;
	assert_string_equal(failure_text(FAILURE_NONE), "");
	for (int failure = FAILURE_AUTHENTICATION; failure <= FAILURE_OTHER; failure++)
		assert_true(failure_text((enum failure)failure)[0]);
	assert_true(failure_is_transient(FAILURE_BUSY));
	assert_false(failure_is_transient(FAILURE_AUTHENTICATION));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_texts),
	};
	return cmocka_run_group_tests_name("failure", tests, NULL, NULL);
}
