/* The base layer: byte strings and views, argument vectors, memory, errors, quoting, paths, deadlines. */
#include "fixture.h"

#include "base/args.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/quote.h"

#include <errno.h>
#include <limits.h>

static void test_str(MR_UNUSED void **state)
{
	struct str s = STR_INIT;
	assert_string_equal(str_cstr(&s), "");
	assert_int_equal(str_slice(&s).len, 0);
	str_truncate(&s, 0);
	str_consume(&s, 0);
	char *nothing = str_detach(&s);
	assert_string_equal(nothing, "");
	free(nothing);
	str_add(&s, "a\0b", 3);
	str_adds(&s, "cd");
	str_addc(&s, '\0');
	str_addf(&s, "%d-%s", 7, "x");
	assert_int_equal(s.len, 9);
	assert_memory_equal(s.data, "a\0bcd\0007-x", 10);
	str_consume(&s, 2);
	assert_memory_equal(s.data, "bcd\0007-x", 8);
	str_truncate(&s, 3);
	assert_string_equal(s.data, "bcd");
	str_truncate(&s, 10);
	assert_int_equal(s.len, 3);
	char *room = str_room(&s, 2);
	memcpy(room, "ef", 2);
	str_commit(&s, 2);
	assert_string_equal(s.data, "bcdef");
	str_clear(&s);
	assert_string_equal(str_cstr(&s), "");
	str_release(&s);
	assert_null(s.data);
}

static void test_str_grows(MR_UNUSED void **state)
{
	struct str s = STR_INIT;
	for (int i = 0; i < 100000; i++)
		str_addc(&s, (char)('a' + i % 26));
	assert_int_equal(s.len, 100000);
	assert_int_equal(strlen(s.data), 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(s.data[i], 'a' + i % 26);
	struct str big = STR_INIT;
	str_addf(&big, "<%s>", s.data);
	assert_int_equal(big.len, 100002);
	assert_int_equal(big.data[100001], '>');
	str_release(&big);
	str_release(&s);
}

static void test_slice(MR_UNUSED void **state)
{
	static const char blanks[] = " \t\n\r\f\v";
	char *padded = mem_format("%sa b%s", blanks, blanks);
	assert_true(slice_is(slice_trim(slice_of(padded)), "a b"));
	free(padded);
	assert_int_equal(slice_trim(slice_of(blanks)).len, 0);
	assert_true(slice_equal(slice_make("a\0b", 3), slice_make("a\0b", 3)));
	assert_false(slice_equal(slice_make("a\0b", 3), slice_make("a\0c", 3)));
	assert_true(slice_equal(slice_make(NULL, 0), slice_of("")));
	assert_true(slice_starts(slice_of("abc"), "ab") && slice_starts(slice_of("abc"), ""));
	assert_false(slice_starts(slice_of("ab"), "abc"));
	assert_true(slice_ends(slice_of("abc"), "bc"));
	assert_false(slice_ends(slice_of("bc"), "abc"));
	assert_true(slice_has_nul(slice_make("a\0", 2)));
	assert_false(slice_has_nul(slice_make("a\0", 1)) || slice_has_nul(slice_make(NULL, 0)));
	assert_true(slice_compare(slice_of("a"), slice_of("ab")) < 0);
	assert_true(slice_compare(slice_of("\xc3"), slice_of("z")) > 0);
	assert_true(slice_compare(slice_of("b"), slice_of("ab")) > 0);
	assert_int_equal(slice_compare(slice_of(""), slice_make(NULL, 0)), 0);
}

static void test_words(MR_UNUSED void **state)
{
	struct slice rest = slice_of(" \tone  two\nthree\r\n "), word;
	assert_true(slice_word(&rest, &word) && slice_is(word, "one"));
	assert_true(slice_word(&rest, &word) && slice_is(word, "two"));
	assert_true(slice_word(&rest, &word) && slice_is(word, "three"));
	assert_false(slice_word(&rest, &word));
	assert_int_equal(rest.len, 0);
	for (int c = 0; c < 256; c++) {
		bool blank = c && strchr(" \t\n\r\f\v", c), letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		assert_int_equal(byte_is_blank((char)c), blank);
		assert_int_equal(byte_is_word((char)c), letter || (c >= '0' && c <= '9') || c == '_');
	}
}

static void test_args(MR_UNUSED void **state)
{
	struct args args = ARGS_INIT;
	assert_null(args.list);
	for (int i = 0; i < 1000; i++) {
		char text[16];
		snprintf(text, sizeof text, "%d", i);
		if (i % 2)
			args_push(&args, text);
		else
			args_take(&args, mem_strdup(text));
		assert_null(args.list[args.len]);
	}
	assert_int_equal(args.len, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(atoi(args.list[i]), i);
	args_release(&args);
	assert_int_equal(args.len, 0);
	args_release(&args);
}

static void test_errors(MR_UNUSED void **state)
{
	struct err err = ERR_INIT;
	assert_false(err_is_set(&err));
	assert_string_equal(err_text(&err), "");
	assert_int_equal(err_set(&err, "%s:%d", "f", 3), -1);
	assert_string_equal(err_text(&err), "f:3");
	assert_int_equal(err_sys(&err, ENOENT, "open %s", "x"), -1);
	char *expected = mem_format("open x: %s", strerror(ENOENT));
	assert_string_equal(err_text(&err), expected);
	free(expected);
	/* The old message may be part of the new one. */
	err_set(&err, "more: %s", err_text(&err));
	assert_int_equal(strncmp(err_text(&err), "more: open x: ", 14), 0);
	err_release(&err);
	assert_false(err_is_set(&err));
}

/* What cannot be had ends the program with status 2 and a message. */
static void test_memory(MR_UNUSED void **state)
{
	void *nothing = mem_calloc(0, 8);
	assert_non_null(nothing);
	free(nothing);
	int ends[2], status;
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	if (!pid) {
		dup2(ends[1], STDERR_FILENO);
		free(mem_realloc(NULL, SIZE_MAX / 2, 3));
		_exit(0);
	}
	close(ends[1]);
	struct str said = STR_INIT;
	file_read_fd(ends[0], &said);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
	assert_true(said.len > 1 && said.data[said.len - 1] == '\n');
	str_release(&said);
}

static void assert_survives_sh(const char *bytes, size_t len)
{
	void (*const ways[])(struct str *, struct slice) = {quote_shell, quote_shell_if_needed};
	for (size_t i = 0; i < 2; i++) {
		struct str command = STR_INIT, out = STR_INIT;
		str_adds(&command, "printf %s ");
		ways[i](&command, slice_make(bytes, len));
		assert_int_equal(run_shell(NULL, command.data, &out), 0);
		assert_int_equal(out.len, len);
		assert_memory_equal(str_cstr(&out), bytes, len);
		str_release(&command);
		str_release(&out);
	}
}

static void test_quote(MR_UNUSED void **state)
{
	char every[255];
	for (int i = 0; i < 255; i++)
		every[i] = (char)(i + 1);
	assert_survives_sh(every, sizeof every);
	assert_survives_sh("", 0);
	assert_survives_sh("'", 1);
	assert_survives_sh("''a'\"'\"$(echo x)`y`\\\n\n", 22);
	uint32_t seed = 20180726;
	for (int round = 0; round < 20; round++) {
		char text[40];
		size_t len = next_random(&seed) % sizeof text;
		for (size_t i = 0; i < len; i++)
			text[i] = "'\"\\$`!*? \n\t\xff;&|#a"[next_random(&seed) % 17];
		assert_survives_sh(text, len);
	}
	struct str plain = STR_INIT;
	quote_shell_if_needed(&plain, slice_of("--config=../a_b/c-1.2"));
	assert_string_equal(str_cstr(&plain), "--config=../a_b/c-1.2");
	str_release(&plain);
}

/* Takes the text that a path function gives. */
static void assert_gives(char *text, const char *expected)
{
	assert_string_equal(text, expected);
	free(text);
}

static void test_path_text(MR_UNUSED void **state)
{
	assert_gives(path_join("/a", "b"), "/a/b");
	assert_gives(path_join("/a/", "b"), "/a/b");
	assert_gives(path_join("/a", "/b"), "/b");
	assert_gives(path_join("/", "b"), "/b");
	assert_gives(path_join("/a", ""), "/a/");
	assert_gives(path_join("/", ""), "/");
	assert_gives(path_parent("/a/b"), "/a");
	assert_gives(path_parent("/a/b//"), "/a");
	assert_gives(path_parent("/a//b"), "/a");
	assert_gives(path_parent("/a"), "/");
	assert_gives(path_parent("/"), "/");
	assert_gives(path_parent("//a"), "/");
	assert_gives(path_parent("a"), ".");
	assert_gives(path_parent("a/"), ".");
	assert_gives(path_parent(""), ".");
	assert_gives(path_normalise("/"), "/");
	assert_gives(path_normalise("//a//b/./c/"), "/a/b/c");
	assert_gives(path_normalise("/a/b/../c"), "/a/c");
	assert_gives(path_normalise("/a/../../b/.."), "/");
	assert_gives(path_normalise("/a/.../..b/c.."), "/a/.../..b/c..");
	assert_gives(path_normalise("/."), "/");
}

static void test_path_within(MR_UNUSED void **state)
{
	assert_true(path_is_within("/a/b", "/a"));
	assert_true(path_is_within("/a", "/a"));
	assert_true(path_is_within("/a", "/"));
	assert_true(path_is_within("/", "/"));
	assert_false(path_is_within("/ab", "/a"));
	assert_false(path_is_within("/a", "/a/b"));
	assert_false(path_is_within("/", "/a"));
}

static void test_path_disk(void **state)
{
	const char *dir = *state;
	char *deep = path_join(dir, "a/b/c"), *file = path_join(dir, "f"), *link = path_join(dir, "l");
	char *through = path_join(dir, "l/new"), *real = path_join(dir, "a/b/c/new"), *no = path_join(dir, "no/new");
	assert_int_equal(path_make_dirs(deep), 0);
	assert_int_equal(path_make_dirs(deep), 0);
	scratch_write(dir, "f", "");
	assert_true(path_is_dir(deep) && path_exists(deep) && !path_is_file(deep));
	assert_true(path_is_file(file) && path_exists(file) && !path_is_dir(file));
	assert_int_equal(path_make_dirs(file), -1);
	assert_int_equal(errno, EEXIST);
	assert_int_equal(symlink("a/b/c", link), 0);
	assert_gives(path_real(link), deep);
	assert_gives(path_real(through), real);
	assert_null(path_real(no));
	assert_int_equal(errno, ENOENT);
	free(deep);
	free(file);
	free(link);
	free(through);
	free(real);
	free(no);
}

static void test_path_cwd(void **state)
{
	char *old = path_cwd(), *real = path_join(*state, "real"), *link = path_join(*state, "link");
	assert_int_equal(mkdir(real, 0777), 0);
	assert_int_equal(symlink("real", link), 0);
	assert_int_equal(chdir(link), 0);
	setenv("PWD", link, 1);
	assert_gives(path_cwd(), real);
	assert_gives(path_logical_cwd(), link);
	setenv("PWD", *state, 1);
	assert_gives(path_logical_cwd(), real);
	setenv("PWD", "relative", 1);
	assert_gives(path_logical_cwd(), real);
	assert_int_equal(rmdir(real), 0);
	assert_null(path_cwd());
	assert_int_equal(errno, ENOENT);
	assert_int_equal(chdir(old), 0);
	setenv("PWD", old, 1);
	free(old);
	free(real);
	free(link);
}

static void test_clock(MR_UNUSED void **state)
{
	msec now = clock_now();
	assert_true(clock_now() >= now);
	assert_true(clock_after(1000) >= now + 1000);
	assert_true(clock_after(CLOCK_NEVER) == CLOCK_NEVER);
	assert_true(clock_after(CLOCK_NEVER - 1) == CLOCK_NEVER);
	assert_int_equal(clock_poll_timeout(CLOCK_NEVER), -1);
	assert_int_equal(clock_poll_timeout(now - 1), 0);
	assert_int_equal(clock_poll_timeout(INT64_MIN / 2), 0);
	assert_int_equal(clock_poll_timeout(CLOCK_NEVER - 1), INT_MAX);
	int timeout = clock_poll_timeout(clock_after(60000));
	assert_in_range(timeout, 50000, 60001);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_str),
	    cmocka_unit_test(test_str_grows),
	    cmocka_unit_test(test_slice),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_args),
	    cmocka_unit_test(test_errors),
	    cmocka_unit_test(test_memory),
	    cmocka_unit_test(test_quote),
	    cmocka_unit_test(test_path_text),
	    cmocka_unit_test(test_path_within),
	    cmocka_unit_test_setup_teardown(test_path_disk, scratch_setup, scratch_teardown),
	    cmocka_unit_test_setup_teardown(test_path_cwd, scratch_setup, scratch_teardown),
	    cmocka_unit_test(test_clock),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
