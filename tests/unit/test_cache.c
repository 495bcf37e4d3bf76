/* The cache of --cached: entries as myrepos writes them, whole or not there, and never outside of ~/.mrcache. */
#include "fixture.h"

#include "action/cache.h"

static void put(const struct cache_key *key, int status, const char *text)
{
	struct err err = ERR_INIT;
	if (cache_store(key, status, slice_of(text), &err))
		fail_msg("%s", err_text(&err));
}

static void assert_entry(const struct cache_key *key, int status, const char *text)
{
	struct str out = STR_INIT;
	int got = -1;
	assert_true(cache_load(key, &got, &out));
	assert_int_equal(got, status);
	assert_string_equal(str_cstr(&out), text);
	str_release(&out);
}

static void assert_no_entry(const struct cache_key *key)
{
	struct str out = STR_INIT;
	int got;
	assert_false(cache_load(key, &got, &out));
	assert_int_equal(out.len, 0);
	str_release(&out);
}

static bool is_there(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	bool there = path_exists(path);
	free(path);
	return there;
}

static void test_entries(void **state)
{
	const struct cache_key key = {*state, "status", "/a/b"}, other = {*state, "pre_status", "/a/b"};
	assert_no_entry(&key);
	put(&key, 0, "");
	assert_entry(&key, 0, "");
	put(&key, 3, "said\n");
	assert_entry(&key, 3, "said\n");
	assert_no_entry(&other);
	char *dir = path_join(*state, ".mrcache/status/a/b");
	assert_int_equal(count_names(dir), 2);
	free(dir);
}

static void test_foreign(void **state)
{
	const struct cache_key key = {*state, "status", "/a"};
	static const char *const good[] = {"0", "256", "256\n", " 768 "};
	static const char *const bad[] = {"", "\n", "x", "15", "256x", "-256", "99999999999999999999"};
	scratch_write(*state, ".mrcache/status/a/mr_output", "text");
	assert_no_entry(&key);
	for (size_t i = 0; i < LENGTH(good); i++) {
		scratch_write(*state, ".mrcache/status/a/mr_ret", good[i]);
		assert_entry(&key, atoi(good[i]) >> 8, "text");
	}
	for (size_t i = 0; i < LENGTH(bad); i++) {
		scratch_write(*state, ".mrcache/status/a/mr_ret", bad[i]);
		assert_no_entry(&key);
	}
}

static void test_forget(void **state)
{
	const struct cache_key key = {*state, "status", "/a/b"}, near = {*state, "status", "/a/c"};
	put(&key, 0, "b");
	put(&near, 0, "c");
	cache_forget(&key);
	assert_no_entry(&key);
	assert_entry(&near, 0, "c");
	assert_false(is_there(*state, ".mrcache/status/a/b"));
	cache_forget(&key);
	cache_forget(&near);
	assert_false(is_there(*state, ".mrcache"));
	assert_true(path_is_dir(*state));
}

static void test_outside(void **state)
{
	const struct cache_key key = {*state, "status", "/a/../../../../b/./c/"};
	put(&key, 0, "text");
	assert_true(is_there(*state, ".mrcache/status/b/c/mr_output"));
	assert_int_equal(count_names(*state), 1);
	cache_forget(&key);
	assert_int_equal(count_names(*state), 0);
}

static void test_failing(void **state)
{
	const struct cache_key key = {*state, "status", "/a"};
	struct err err = ERR_INIT;
	scratch_write(*state, ".mrcache/status", "a file in the way");
	assert_int_equal(cache_store(&key, 0, slice_of("text"), &err), -1);
	assert_non_null(strstr(err_text(&err), ".mrcache/status/a"));
	assert_no_entry(&key);
	err_release(&err);
}

static void test_plain(void **state)
{
	(void)state;
	static const char *const texts[][2] = {
	    {"plain\n", "plain\n"},
	    {"\033[31mred\033[m\n", "red\n"},
	    {"\033[1;38;5;12mx\033[0;39m", "x"},
	    {"a\033[Kb\033[?25lc\033[2 qd", "abcd"},
	    {"\033%G\033(Bx", "x"},
	    {"\033]0;title\007a\033]8;;http://x\033\\link\033]8;;\033\\", "alink"},
	    {"cut \033", "cut \033"},
	    {"cut \033[", "cut \033["},
	    {"cut \033[1;", "cut \033[1;"},
	    {"cut \033]0;title", "cut \033]0;title"},
	    {"no \033[\n line", "no \033[\n line"},
	    {"\033\033[mx", "\033x"},
	};
	for (size_t i = 0; i < LENGTH(texts); i++) {
		struct str out = STR_INIT;
		/* Read beyond the end is seen by the sanitizer. */
		size_t len = strlen(texts[i][0]);
		char *exact = mem_realloc(NULL, len ? len : 1, 1);
		memcpy(exact, texts[i][0], len);
		cache_add_plain(&out, slice_make(exact, len));
		assert_string_equal(str_cstr(&out), texts[i][1]);
		str_release(&out);
		free(exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_entries, scratch_setup, scratch_teardown),
	    cmocka_unit_test_setup_teardown(test_foreign, scratch_setup, scratch_teardown),
	    cmocka_unit_test_setup_teardown(test_forget, scratch_setup, scratch_teardown),
	    cmocka_unit_test_setup_teardown(test_outside, scratch_setup, scratch_teardown),
	    cmocka_unit_test_setup_teardown(test_failing, scratch_setup, scratch_teardown),
	    cmocka_unit_test(test_plain),
	};
	return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
