/* perl: tests without perl: what is true, what becomes a shell condition, what is left to perl. The expected values are those that
 * perl gives. */
#include "fixture.h"

#include "action/filetest.h"

/* A repository: .git/, file, "a b/", CVS (a file). */
static int repo_setup(void **state)
{
	scratch_setup(state);
	scratch_write(*state, ".git/config", "[core]\n\tbare = false\n");
	scratch_write(*state, "file", "");
	scratch_write(*state, "CVS", "");
	scratch_write(*state, "a b/x", "");
	setenv("MR_REPO", *state, 1);
	setenv("NAME", "file", 1);
	unsetenv("UNSET");
	return 0;
}

/* The value; an undecided one is decided by sh. */
static enum filetest evaluate(const char *repo, const char *expression, bool *by_shell)
{
	struct str shell = STR_INIT, said = STR_INIT;
	enum filetest value = filetest_evaluate(slice_of(expression), repo, NULL, &shell);
	*by_shell = value == FILETEST_SHELL;
	if (*by_shell) {
		char *script = mem_format("set -e\ncheck() {\n%s\n}\nif check; then exit 10; else exit 11; fi", shell.data);
		int status = run_shell(repo, script, &said);
		if (status != 10 && status != 11)
			fail_msg("%s\nended with %d: %s", script, status, str_cstr(&said));
		value = status == 10 ? FILETEST_TRUE : FILETEST_FALSE;
		free(script);
	} else {
		assert_int_equal(shell.len, 0);
	}
	str_release(&shell);
	str_release(&said);
	return value;
}

struct row {
	const char *expression;
	enum filetest value;
	bool by_shell;
};

static void assert_rows(const char *repo, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool by_shell;
		enum filetest value = evaluate(repo, rows[i].expression, &by_shell);
		if (value != rows[i].value || by_shell != rows[i].by_shell)
			fail_msg("%s gives %d, by the shell: %d", rows[i].expression, value, by_shell);
	}
}

#define T FILETEST_TRUE
#define F FILETEST_FALSE
#define NO FILETEST_FOREIGN

static void test_files(void **state)
{
	static const struct row rows[] = {
	    {"-d \"$ENV{MR_REPO}/.git\"", T, false},
	    {"-e \"$ENV{MR_REPO}/.git\"", T, false},
	    {"-f \"$ENV{MR_REPO}/.git\"", F, false},
	    {"-d \"$ENV{MR_REPO}/CVS\"", F, false},
	    {"-f \"$ENV{MR_REPO}/CVS\"", T, false},
	    {"-e \"$ENV{MR_REPO}/none\"", F, false},
	    {"-d\"$ENV{MR_REPO}/a b\"", T, false},
	    {"-d $ENV{MR_REPO}", T, false},
	    {"-d $ENV{MR_REPO} . \"/.git\"", T, false},
	    {"-f $ENV{MR_REPO}.'/'.$ENV{NAME}", T, false},
	    {"-f \"$ENV{MR_REPO}/$ENV{NAME}\"", T, false},
	    {"-f \"$ENV{MR_REPO}/file$ENV{UNSET}\"", T, false},
	    {"-e '/'", T, false},
	    {"-e '$ENV{MR_REPO}'", F, false},
	    {"-e \"\"", F, false},
	    {"-f \"$ENV{MR_REPO}/_FOSSIL_\" || -f \"$ENV{MR_REPO}/.fslckout\"", F, false},
	    {"1", T, false},
	    {" 0 ", F, false},
	    {"1;", T, false},
	};
	assert_rows(*state, rows, LENGTH(rows));
}

static void test_operators(void **state)
{
	static const struct row rows[] = {
	    {"1 && 0", F, false},          {"1 || 0", T, false},          {"0 || 0 || 1", T, false},
	    {"1 || 0 && 0", T, false},     {"(1 || 0) && 0", F, false},   {"!1 || 1", T, false},
	    {"!0 && !0", T, false},        {"!!1", T, false},             {"! (1 && 0)", T, false},
	    {"not 0", T, false},           {"not not 1", T, false},       {"not 0 && 0", T, false},
	    {"not 0 and 0", F, false},     {"not 1 or 1", T, false},      {"1 || 0 and 0", F, false},
	    {"0 and 1 || 1", F, false},    {"1 or 1 and 0", T, false},    {"((((1))))", T, false},
	    {"-d \"/\" and not -e \"/none\"", T, false},                  {"!-d '/'", F, false},
	    {"0&&1||1", T, false},         {"1\n\t&&\n\t1", T, false},
	};
	assert_rows(*state, rows, LENGTH(rows));
}

static void test_commands(void **state)
{
	static const struct row rows[] = {
	    {"`echo abc` =~ /b/", T, true},
	    {"`echo abc`=~/x/", F, true},
	    {"`true` eq \"\"", T, true},
	    {"`true` ne ''", F, true},
	    {"`echo` eq \"\"", F, true},
	    {"`echo a` eq \"a\"", F, true},
	    {"`printf a` eq \"a\"", T, true},
	    {"`printf a; exit 3` ne \"b\"", T, true},
	    {"`cat \"$ENV{MR_REPO}\"/.git/config` =~ /bare/", T, true},
	    {"`ls \"$ENV{MR_REPO}/a b\"` =~ /x/", T, true},
	    {"`printf %s it; printf s` eq 'its'", T, true},
	    {"`false` eq \"\" && `false` eq ''", T, true},
	    {"!(`echo a` =~ /a/)", F, true},
	    {"not `echo a` =~ /b/", T, true},
	    {"`echo a # comment` =~ /a/", T, true},
	    {"`false; echo a` =~ /a/", T, true},
	    {"`false; echo a; exit 1` ne \"\"", T, true},
	    /* Decided before the command */
	    {"0 && `echo a` =~ /a/", F, false},
	    {"`echo a` =~ /a/ || 1", T, false},
	    {"1 && `echo a` =~ /a/", T, true},
	    {"0 || `echo a` =~ /b/", F, true},
	    {"(`echo a` =~ /b/ || `echo a` =~ /a/) && -d '/'", T, true},
	};
	assert_rows(*state, rows, LENGTH(rows));
}

/* The tests of myrepos and its extension files. */
static void test_extension_files(void **state)
{
	static const struct row rows[] = {
	    {"-d \"$ENV{MR_REPO}/refs/heads\" && -d \"$ENV{MR_REPO}/refs/tags\" &&\n-d \"$ENV{MR_REPO}/objects\" && "
	     "-f \"$ENV{MR_REPO}/config\" &&\n`GIT_CONFIG=\"$ENV{MR_REPO}\"/config git config --get core.bare` =~ /true/",
	     F, false},
	    {"-f \"$ENV{MR_REPO}/.gitcvsrc\" &&\n-d \"$ENV{MR_REPO}/rsyncdir/CVSROOT\" &&\n"
	     "-d \"$ENV{MR_REPO}/cvsdir/CVS\" &&\n-d \"$ENV{MR_REPO}/gitdir/.git\" &&\n1",
	     F, false},
	    {"-d \"$ENV{MR_REPO}/.git\" &&\n`sed -n s/bare//p \"$ENV{MR_REPO}\"/.git/config` eq \"\"", F, true},
	    {"-d \"$ENV{MR_REPO}/.git\" &&\n`sed -n s/nothing//p \"$ENV{MR_REPO}\"/.git/config` eq \"\"", T, true},
	    {"-d \"$ENV{MR_REPO}/.git\" &&\n`sed -n s/nothing//p \"$ENV{MR_REPO}\"/.git/config` ne \"\"", F, true},
	    {"-d \"$ENV{MR_REPO}/.repo\"", F, false},
	};
	assert_rows(*state, rows, LENGTH(rows));
}

/* Names with everything that a shell would take for its own. */
static void test_hostile_names(void **state)
{
	char *repo = mem_format("%s/it's $(echo \"no\") `x` \\;", (const char *)*state);
	scratch_write(repo, "marker", "yes\n");
	setenv("MR_REPO", repo, 1);
	static const struct row rows[] = {
	    {"-f \"$ENV{MR_REPO}/marker\"", T, false},
	    {"`cat \"$ENV{MR_REPO}/marker\"` =~ /yes/", T, true},
	    {"`cat \"$ENV{MR_REPO}/marker\"` eq \"$ENV{MR_REPO}\"", F, true},
	    {"`printf %s \"$ENV{MR_REPO}\"` eq \"$ENV{MR_REPO}\"", T, true},
	};
	assert_rows(repo, rows, LENGTH(rows));
	free(repo);
}

static void test_foreign(void **state)
{
	static const char *const expressions[] = {
	    "", " ", ";", "1 1", "10", "2", "\"a\"", "-l '/'", "-x '/'", "-d", "-d /", "-d $repo", "-d \"$repo\"",
	    "-d \"@{x}\"", "-d \"a\\n\"", "-d \"unclosed", "-d 'unclosed", "-d $ENV{MR_REPO", "-d $ENV{}", "-d $ENV{'A'}",
	    "-d '/' &&", "&& 1", "1 || ", "1 | 1", "(1", "1)", "()", "!", "not", "not (0) && 0", "1 and", "1 xor 0",
	    "1 && not 0", "-e '/' eq ''", "`echo a`", "`echo a` =~ /a b/", "`echo a` =~ /^a/", "`echo a` =~ /a/i",
	    "`echo a` == 1", "`echo \\$x` eq ''", "`echo $x` eq ''", "`unclosed", "defined $ENV{A}", "system('x')",
	    "return 1", "1; 1", "nothing", "-d'/'x", "1 andx 1", "do { 1 }", "1 ? 1 : 0",
	};
	for (size_t i = 0; i < LENGTH(expressions); i++) {
		struct str shell = STR_INIT;
		enum filetest value = filetest_evaluate(slice_of(expressions[i]), *state, NULL, &shell);
		if (value != NO || shell.len)
			fail_msg("%s gives %d and \"%s\"", expressions[i], value, str_cstr(&shell));
		str_release(&shell);
	}
	struct str shell = STR_INIT;
	assert_int_equal(filetest_evaluate(slice_make("-e '/\0'", 7), *state, NULL, &shell), NO);
	str_release(&shell);
}

/* Deep ones go to perl, and no depth is too much for the stack. */
static void test_nesting(void **state)
{
	static const struct {
		const char *open, *close;
		int depth;
		enum filetest expected;
	} table[] = {
	    {"(", ")", 50, T}, {"(", ")", 99, T},      {"(", ")", 100, NO}, {"(", ")", 1000000, NO},
	    {"!", "", 50, T},  {"!", "", 1000000, NO}, {"not ", "", 50, T}, {"not ", "", 1000000, NO},
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		struct str text = STR_INIT, shell = STR_INIT;
		for (int depth = 0; depth < table[i].depth; depth++)
			str_adds(&text, table[i].open);
		str_adds(&text, "1");
		for (int depth = 0; depth < table[i].depth; depth++)
			str_adds(&text, table[i].close);
		assert_int_equal(filetest_evaluate(str_slice(&text), *state, NULL, &shell), table[i].expected);
		str_release(&text);
		str_release(&shell);
	}
}

/* A long chain is not deep. */
static void test_chain(void **state)
{
	struct str text = STR_INIT, shell = STR_INIT;
	for (int i = 0; i < 300; i++)
		str_adds(&text, "1 && ");
	str_adds(&text, "0");
	assert_int_equal(filetest_evaluate(str_slice(&text), *state, NULL, &shell), F);
	str_release(&text);
	str_release(&shell);
}

static void test_is_perl(MR_UNUSED void **state)
{
	struct slice expression;
	assert_true(filetest_is_perl(slice_of("perl: -d \"x\""), &expression));
	assert_true(slice_is(expression, "-d \"x\""));
	assert_true(filetest_is_perl(slice_of("perl:\n-d 'x' &&\n1\n"), &expression));
	assert_true(slice_is(expression, "-d 'x' &&\n1"));
	assert_false(filetest_is_perl(slice_of("perl:-d 'x'"), &expression));
	assert_false(filetest_is_perl(slice_of("perl:"), &expression));
	assert_false(filetest_is_perl(slice_of(" perl: 1"), &expression));
	assert_false(filetest_is_perl(slice_of("perl -e 1"), &expression));
	assert_false(filetest_is_perl(slice_of(""), &expression));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, repo_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_files),         TEST(test_operators), TEST(test_commands), TEST(test_extension_files),
	    TEST(test_hostile_names), TEST(test_foreign),   TEST(test_nesting),  TEST(test_chain),
	    TEST(test_is_perl),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
