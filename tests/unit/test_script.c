/* The text that a shell gets for a command, run by sh. */
#include "fixture.h"

#include "action/script.h"
#include "base/err.h"

struct answer {
	int status;
	struct str said;
	bool in_file; /* the text went through a file */
};

/* Builds, finishes and runs; lib may be NULL, words is a NULL-ended list or NULL. */
static struct answer run(const char *lib, const char *command, const char *const *words)
{
	struct setting setting = {.value = slice_of(lib ? lib : "")};
	struct script script = SCRIPT_INIT;
	struct args params = ARGS_INIT;
	struct err err = ERR_INIT;
	struct answer answer = {.said = STR_INIT};
	for (; words && *words; words++)
		args_push(&params, *words);
	script_build(&script.text, lib ? &setting : NULL, slice_of(command), &params);
	if (script_finish(&script, &err))
		fail_msg("%s", err_text(&err));
	answer.in_file = script.fd >= 0;
	answer.status = run_program(NULL, script.argv, script.fd, &answer.said);
	script_release(&script);
	assert_int_equal(script.fd, -1);
	args_release(&params);
	return answer;
}

static void assert_answers(struct answer answer, int status, const char *said)
{
	assert_string_equal(str_cstr(&answer.said), said);
	assert_int_equal(answer.status, status);
	str_release(&answer.said);
}

#define WORDS(...) (const char *const[]){__VA_ARGS__, NULL}

static const char show[] = "for word; do printf '<%s>' \"$word\"; done";

static void test_parameters(MR_UNUSED void **state)
{
	assert_answers(run(NULL, show, NULL), 0, "");
	assert_answers(run(NULL, show, WORDS("a", "b c", "")), 0, "<a><b c><>");
	assert_answers(run(NULL, show, WORDS("it's", "\"$HOME\"", "`id`", "$(id)")), 0, "<it's><\"$HOME\"><`id`><$(id)>");
	assert_answers(run(NULL, show, WORDS("a\nb", "\n", "\\", "\\\n", "*", "#", ";", "-n")), 0,
		       "<a\nb><\n><\\><\\\n><*><#><;><-n>");
	assert_answers(run(NULL, show, WORDS("\xff\xc3\xa4'")), 0, "<\xff\xc3\xa4'>");
	assert_answers(run(NULL, "echo \"$#\"; shift; echo \"$@\"", WORDS("a", "b", "c")), 0, "3\nb c\n");
}

static void test_no_parameters_at_all(MR_UNUSED void **state)
{
	struct str text = STR_INIT, said = STR_INIT;
	script_build(&text, NULL, slice_of("echo \"$#\""), NULL);
	assert_int_equal(run_shell(NULL, text.data, &said), 0);
	assert_string_equal(said.data, "0\n");
	str_release(&text);
	str_release(&said);
}

static void test_commands(MR_UNUSED void **state)
{
	assert_answers(run(NULL, "false; echo not reached", NULL), 1, "");
	assert_answers(run(NULL, "echo a; return 3; echo b", NULL), 3, "a\n");
	assert_answers(run(NULL, "echo a; exit 4", NULL), 4, "a\n");
	assert_answers(run(NULL, "echo a # no comment swallows the end", NULL), 0, "a\n");
	assert_answers(run(NULL, "\ncat <<X\n$1\nX", WORDS("here")), 0, "here\n");
	assert_answers(run(NULL, "kill -TERM $$", NULL), 128 + 15, "");
	assert_answers(run(NULL, "true && false || echo c", NULL), 0, "c\n");
}

static void test_library(MR_UNUSED void **state)
{
	static const char lib[] = "greet() { echo \"hello $1\"; }\nname=world # no newline at the end";
	assert_answers(run(lib, "greet \"$name\"", NULL), 0, "hello world\n");
	assert_answers(run(lib, "greet \"$1\"", WORDS("you")), 0, "hello you\n");
	assert_answers(run("true() { echo mine; }", "true", NULL), 0, "mine\n");
	assert_answers(run("false", "echo not reached", NULL), 1, "");
	assert_answers(run("", "echo a", NULL), 0, "a\n");
}

static void test_constants(MR_UNUSED void **state)
{
	static const struct {
		const char *command;
		enum script_constant expected;
	} table[] = {
	    {"true", SCRIPT_TRUE},     {"false", SCRIPT_FALSE},   {" true\n", SCRIPT_TRUE}, {"\n\tfalse ", SCRIPT_FALSE},
	    {"True", SCRIPT_RUNS},     {"truely", SCRIPT_RUNS},   {"true;", SCRIPT_RUNS},   {"true false", SCRIPT_RUNS},
	    {"true # x", SCRIPT_RUNS}, {"/bin/true", SCRIPT_RUNS}, {"", SCRIPT_RUNS},       {"! true", SCRIPT_RUNS},
	};
	for (size_t i = 0; i < LENGTH(table); i++)
		assert_int_equal(script_constant(slice_of(table[i].command)), table[i].expected);
}

/* A command of about len bytes that knows how long it is. */
static char *long_command(size_t len)
{
	struct str command = STR_INIT;
	str_adds(&command, "x='");
	while (command.len < len)
		str_addc(&command, (char)('a' + command.len % 26));
	str_adds(&command, "'; echo \"${#x} $1\"; cat <<X\nlines\nX\nif (: >&9) 2>/dev/null; then echo open; else echo closed; fi");
	return str_detach(&command);
}

/* From what no system refuses to more than any takes as one argument. */
static void test_long_commands(void **state)
{
	setenv("TMPDIR", *state, 1);
	static const size_t lengths[] = {1000, 90000, 130000, 300000, 3000000};
	for (size_t i = 0; i < LENGTH(lengths); i++) {
		char *command = long_command(lengths[i]);
		char *expected = mem_format("%zu it's\nlines\nclosed\n", lengths[i] - 3);
		struct answer answer = run("set +u", command, WORDS("it's"));
		assert_int_equal(answer.in_file, lengths[i] > 100 * 1024);
		assert_answers(answer, 0, expected);
		free(expected);
		free(command);
	}
	assert_int_equal(count_names(*state), 0);
	unsetenv("TMPDIR");
}

static void test_long_parameters(MR_UNUSED void **state)
{
	enum { COUNT = 2000, LENGTH_OF_EACH = 200 };
	const char *words[COUNT + 1] = {0};
	char word[LENGTH_OF_EACH + 1];
	memset(word, '\'', LENGTH_OF_EACH);
	word[LENGTH_OF_EACH] = '\0';
	for (int i = 0; i < COUNT; i++)
		words[i] = word;
	assert_answers(run(NULL, "x=$*; echo \"$# ${#x}\"", words), 0, "2000 401999\n");
}

/* Errors and the exit status come through the file, too. */
static void test_long_failure(MR_UNUSED void **state)
{
	struct str command = STR_INIT;
	str_adds(&command, "echo a; false; echo b #");
	while (command.len < 200000)
		str_addc(&command, 'x');
	assert_answers(run(NULL, command.data, NULL), 1, "a\n");
	str_release(&command);
}

static void test_no_temporary_directory(void **state)
{
	struct script script = SCRIPT_INIT;
	struct err err = ERR_INIT;
	char *missing = path_join(*state, "missing");
	setenv("TMPDIR", missing, 1);
	char *command = long_command(200000);
	script_build(&script.text, NULL, slice_of(command), NULL);
	assert_int_equal(script_finish(&script, &err), -1);
	assert_true(err_is_set(&err));
	unsetenv("TMPDIR");
	script_release(&script);
	err_release(&err);
	free(command);
	free(missing);
}

static void test_nul_is_refused(MR_UNUSED void **state)
{
	struct script script = SCRIPT_INIT;
	struct err err = ERR_INIT;
	script_build(&script.text, NULL, slice_make("echo a\0b", 8), NULL);
	assert_int_equal(script_finish(&script, &err), -1);
	assert_non_null(strstr(err_text(&err), "NUL"));
	script_release(&script);
	err_release(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parameters),
	    cmocka_unit_test(test_no_parameters_at_all),
	    cmocka_unit_test(test_commands),
	    cmocka_unit_test(test_library),
	    cmocka_unit_test(test_constants),
	    cmocka_unit_test_setup_teardown(test_long_commands, scratch_setup, scratch_teardown),
	    cmocka_unit_test(test_long_parameters),
	    cmocka_unit_test(test_long_failure),
	    cmocka_unit_test_setup_teardown(test_no_temporary_directory, scratch_setup, scratch_teardown),
	    cmocka_unit_test(test_nul_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
