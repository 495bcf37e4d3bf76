/* ~/.mrlog: where its commands begin and end, and what becomes of them when they are run. */
#include "fixture.h"

#include "action/offline.h"

/* The commands of a log, each in brackets. */
static void assert_commands(const char *text, const char *expected)
{
	struct str out = STR_INIT;
	struct slice rest = slice_of(text);
	struct offline_entry entry;
	while (offline_next(rest, &entry)) {
		str_addf(&out, "[%.*s]", (int)entry.command.len, entry.command.ptr);
		rest = slice_make(rest.ptr + entry.len, rest.len - entry.len);
	}
	assert_string_equal(str_cstr(&out), expected);
	str_release(&out);
}

static void test_commands(void **state)
{
	(void)state;
	assert_commands("", "");
	assert_commands("\n# a\n\t # b", "");
	assert_commands("mr -d '/a' 'x'\nmr -d '/b' 'y'\n", "[mr -d '/a' 'x'][mr -d '/b' 'y']");
	assert_commands("# of a\n\nmr -d '/a' 'x'", "[mr -d '/a' 'x']");
	assert_commands("mr -d '/a' 'two\nlines' '\"'\nmr -d '/b' 'y'\n", "[mr -d '/a' 'two\nlines' '\"'][mr -d '/b' 'y']");
	assert_commands("echo \"a\\\"\nb\" # it's\necho '\nmr -d '\n", "[echo \"a\\\"\nb\" # it's][echo '\nmr -d ']");
	assert_commands("one >>a; two\n\n# c\nthree 2>&1\n", "[one >>a; two][three 2>&1]");
}

static void test_commands_that_belong_together(void **state)
{
	(void)state;
	static const char *const together[] = {
	    "cd x\nmake",	       "a && cd x\nmake",	  "X=1\necho $X",	      "cat <<E\nmr\nE",
	    "for i in 1 2\ndo\nx\ndone", "one |\ntwo",		  "one \\\ntwo",	      "f() {\nx\n}\nf",
	    "true\ncd x",	       "one &\nwait",		  "echo 'open\ntwo",	      "(one\ntwo)",
	    "if x\n# c\nthen y\nfi",
	};
	for (size_t i = 0; i < LENGTH(together); i++) {
		char *text = mem_format("mr -d '/a' 'x'\n# c\n%s\n", together[i]);
		char *expected = mem_format("[mr -d '/a' 'x'][%s]", together[i]);
		assert_commands(text, expected);
		free(expected);
		free(text);
	}
	assert_commands("cd x\nmake\nmr -d '/a' 'x'\n", "[cd x\nmake][mr -d '/a' 'x']");
}

static void assert_log(const char *log, const char *text)
{
	struct str got = STR_INIT;
	struct err err = ERR_INIT;
	assert_int_equal(file_read(log, &got, &err), 0);
	assert_string_equal(str_cstr(&got), text);
	str_release(&got);
}

static void write_log(const char *log, const char *text)
{
	struct err err = ERR_INIT;
	assert_int_equal(file_replace(log, slice_of(text), &err), 0);
}

static void add(const char *log, const char *command)
{
	struct err err = ERR_INIT;
	assert_int_equal(offline_add(log, slice_of(command), &err), 0);
}

static void test_adding(void **state)
{
	char *log = path_join(*state, ".mrlog");
	add(log, "mr -d '/a' 'x y'");
	add(log, "mr -d '/a' 'x y'");
	assert_log(log, "mr -d '/a' 'x y'\n");
	add(log, "mr -d '/a' 'x");
	assert_log(log, "mr -d '/a' 'x y'\nmr -d '/a' 'x\n");
	write_log(log, "no newline");
	add(log, "b");
	assert_log(log, "no newline\nb\n");
	free(log);
}

static void assert_arranged(const char *log, const char *before, size_t from, const char *after)
{
	struct args directories = ARGS_INIT;
	struct err err = ERR_INIT;
	args_push(&directories, "/b");
	args_push(&directories, "/it's");
	args_push(&directories, "/a");
	write_log(log, before);
	assert_int_equal(offline_arrange(log, from, &directories, &err), 0);
	assert_log(log, after);
	args_release(&directories);
}

static void test_arranging(void **state)
{
	char *log = path_join(*state, ".mrlog");
	assert_arranged(log, "mr -d '/a' 1\nmr -d '/b' 1\n", 0, "mr -d '/b' 1\nmr -d '/a' 1\n");
	assert_arranged(log, "mr -d '/a' 1\nmr -d '/b' 1\n", 13, "mr -d '/a' 1\nmr -d '/b' 1\n");
	assert_arranged(log, "mr -d '/a' 1\nother\nmr -d '/it'\"'\"'s' 1\n# c\nmr -d '/a' 2\nmr -d '/b/c' 1\nmr -d '/b' 1\n# end\n", 0,
			"mr -d '/b' 1\nother\nmr -d '/it'\"'\"'s' 1\nmr -d '/a' 1\nmr -d '/b/c' 1\n# c\nmr -d '/a' 2\n# end\n");
	assert_arranged(log, "mr -d '/a' 1\n", 100, "mr -d '/a' 1\n");
	assert_arranged(log, "", 0, "");
	free(log);
}

/* Runs nothing: fails what begins with "bad", stops at "stop", and adds a command to the log at "more". */
struct fake {
	const char *log;
	struct str run;
};

static char *run_fake(void *context, struct slice command, bool *stop)
{
	struct fake *fake = context;
	str_addf(&fake->run, "[%.*s]", (int)command.len, command.ptr);
	if (slice_starts(command, "more"))
		add(fake->log, "added");
	if (slice_starts(command, "edit"))
		write_log(fake->log, "mine\n");
	*stop = slice_starts(command, "stop");
	return slice_starts(command, "bad") ? mem_strdup("failed") : NULL;
}

/* What was run; NULL where the replay fails. */
static void assert_replay(const char *log, const char *text, const char *run, size_t failed)
{
	struct fake fake = {.log = log, .run = STR_INIT};
	struct err err = ERR_INIT;
	size_t got = 0;
	write_log(log, text);
	assert_int_equal(offline_replay(log, run_fake, &fake, &got, &err), 0);
	assert_string_equal(str_cstr(&fake.run), run);
	assert_int_equal(got, failed);
	str_release(&fake.run);
}

/* The log without the times in its notes. */
static void assert_log_is_like(const char *log, const char *text)
{
	struct str got = STR_INIT, plain = STR_INIT;
	struct err err = ERR_INIT;
	assert_int_equal(file_read(log, &got, &err), 0);
	for (char *line = strtok(got.data, "\n"); line; line = strtok(NULL, "\n")) {
		char *comma = line[0] == '#' ? strchr(line, ',') : NULL;
		str_addf(&plain, "%.*s\n", (int)(comma ? comma - line : (long)strlen(line)), line);
	}
	assert_string_equal(str_cstr(&plain), text);
	str_release(&plain);
	str_release(&got);
}

static void test_replay(void **state)
{
	char *log = path_join(*state, ".mrlog");
	assert_replay(log, "a\n# c\nb\n# d\n", "[a][b]", 0);
	assert_false(path_exists(log));
	assert_replay(log, "", "", 0);
	assert_log(log, "");
	assert_replay(log, "a\n# c\nbad 1\nb\nbad 2", "[a][bad 1][b][bad 2]", 2);
	assert_log_is_like(log, "# c\n# mr online: failed\nbad 1\n# mr online: failed\nbad 2\n");
	assert_replay(log, "# mr online: failed once\n# c\nbad\nmore\n", "[bad][more][added]", 1);
	assert_log_is_like(log, "# c\n# mr online: failed\nbad\n");
	assert_replay(log, "a\n# c\nstop\nb\n", "[a][stop]", 0);
	assert_log(log, "# c\nstop\nb\n");
	free(log);
}

static void test_log_edited_meanwhile(void **state)
{
	char *log = path_join(*state, ".mrlog");
	struct fake fake = {.log = log, .run = STR_INIT};
	struct err err = ERR_INIT;
	size_t failed = 0;
	write_log(log, "edit\nb\n");
	assert_int_equal(offline_replay(log, run_fake, &fake, &failed, &err), -1);
	assert_non_null(strstr(err_text(&err), log));
	assert_log(log, "mine\n");
	err_release(&err);
	str_release(&fake.run);
	free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_commands),
	    cmocka_unit_test(test_commands_that_belong_together),
	    cmocka_unit_test_setup_teardown(test_adding, scratch_setup, scratch_teardown),
	    cmocka_unit_test_setup_teardown(test_arranging, scratch_setup, scratch_teardown),
	    cmocka_unit_test_setup_teardown(test_replay, scratch_setup, scratch_teardown),
	    cmocka_unit_test_setup_teardown(test_log_edited_meanwhile, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
