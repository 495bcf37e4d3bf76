/* Which version control system a directory is of: built-in tests, own ones in shell and perl, and more than one answer. */
#include "registry_fixture.h"

#include "action/vcs.h"

#include <sys/wait.h>

/* Makes the names below ~/r: a directory when the name ends in a slash, else a file. */
static void make(struct fixture *f, const char *const *names)
{
	for (; *names; names++) {
		char *name = mem_format("r/%s", *names), *path = path_join(f->home, name);
		size_t len = strlen(name);
		if (name[len - 1] == '/')
			assert_int_equal(path_make_dirs(path), 0);
		else
			fixture_write(f, name, "");
		free(path);
		free(name);
	}
}

/* Asks the question as an operation does, with PATH as given, and adds the answer. */
static void ask(struct vcs *vcs, const char *dir, const char *path)
{
	struct str printed = STR_INIT;
	char *question = mem_format("set -e\n%s", vcs->question.data);
	assert_int_equal(setenv("MR_QUESTION", question, 1), 0);
	assert_int_equal(setenv("MR_REPO", dir, 1), 0);
	char *command = mem_format("PATH='%s' /bin/sh -c \"$MR_QUESTION\" 2>/dev/null", path);
	FILE *answer = popen(command, "r");
	assert_non_null(answer);
	for (int byte; (byte = getc(answer)) != EOF;)
		str_addc(&printed, (char)byte);
	assert_int_equal(pclose(answer), 0);
	vcs_add_answer(vcs, str_slice(&printed));
	free(command);
	free(question);
	str_release(&printed);
}

/* The names found for ~/r in section r of the text; asked tells whether a shell was needed. */
static void assert_found(struct fixture *f, const char *text, const char *names, bool builtin, bool asked)
{
	struct vcs vcs = VCS_INIT;
	char *dir = path_join(f->home, "r");
	fixture_load(f, text);
	assert_int_equal(path_make_dirs(dir), 0);
	/* What is known of the tests from another repository makes no difference. */
	struct vcs_memo *memo = vcs_memo_new();
	vcs_detect(&vcs, memo, fixture_section(f, "r"), f->home);
	vcs_release(&vcs);
	vcs_detect(&vcs, memo, fixture_section(f, "r"), dir);
	vcs_memo_free(memo);
	assert_int_equal(vcs.question.len > 0, asked);
	if (asked)
		ask(&vcs, dir, getenv("PATH"));
	assert_string_equal(str_cstr(&vcs.names), names);
	bool one = *names && !strchr(names, ' ');
	assert_int_equal(vcs_name(&vcs) != NULL, one);
	if (one)
		assert_string_equal(vcs_name(&vcs), names);
	assert_int_equal(vcs.builtin, builtin);
	vcs_release(&vcs);
	free(dir);
}

#define MAKE(...) make(f, (const char *const[]){__VA_ARGS__, NULL})

static void test_git(void **state)
{
	struct fixture *f = *state;
	MAKE(".git/");
	assert_found(f, "[r]\n", "git", true, false);
}

static void test_git_file(void **state)
{
	struct fixture *f = *state;
	MAKE(".git");
	assert_found(f, "[r]\n", "git", true, false);
}

static void test_others(void **state)
{
	static const struct {
		const char *mark, *name;
	} table[] = {
	    {".svn/", "svn"},       {".hg/", "hg"},           {".bzr/", "bzr"},           {"CVS/", "cvs"},
	    {"_darcs/", "darcs"},   {"_FOSSIL_", "fossil"},   {".fslckout", "fossil"},    {".sgdrawer/", "veracity"},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		MAKE(table[i].mark);
		assert_found(f, "[r]\n", table[i].name, true, false);
		char *path = mem_format("%s/r/%s", f->home, table[i].mark);
		size_t len = strlen(path);
		path[len - 1] = path[len - 1] == '/' ? '\0' : path[len - 1];
		assert_int_equal(remove(path), 0);
		free(path);
	}
}

static void test_none(void **state)
{
	assert_found(*state, "[r]\n", "", false, false);
}

static void test_two(void **state)
{
	struct fixture *f = *state;
	MAKE(".git/", ".svn/");
	assert_found(f, "[r]\n", "git svn", true, false);
}

/* A test of one's own does not get the built-in mark, whoever else has it. */
static void test_own_tests(void **state)
{
	struct fixture *f = *state;
	MAKE(".git/", "mark");
	assert_found(f, "[r]\ngit_test = perl: -d \"$ENV{MR_REPO}/.git\"\n", "git", false, false);
	assert_found(f, "[r]\ngit_test = false\nmine_test = test -e \"$MR_REPO/mark\"\n", "mine", false, true);
	assert_found(f, "[r]\ngit_test = return 1; true\nmine_test = return 0; false\n", "mine", false, true);
	assert_found(f, "[r]\nmine_test = true\n", "git mine", true, true);
	assert_found(f, "[r]\ngit_test =\n\tif [ -d \"$MR_REPO/.git\" ]; then\n\t\ttrue # yes\n\telse\n\t\tfalse\n\tfi\n", "git",
		     false, true);
	assert_found(f, "[r]\ngit_test = perl: -d \"$ENV{MR_REPO}/.git\" && `echo a` =~ /a/\n", "git", false, true);
	assert_found(f, "[r]\ngit_test = perl: 0\n", "", false, false);
}

/* Those that only perl can answer. */
static void test_perl(void **state)
{
	struct fixture *f = *state;
	MAKE("mark");
	if (system("perl -e 1") != 0)
		skip();
	assert_found(f, "[r]\nmine_test = perl: (-s \"$ENV{MR_REPO}/mark\") == 0 && length(q(it's))\n", "mine", false, true);
	assert_found(f, "[r]\nmine_test = perl: 1 == 2\n", "", false, true);
}

static void test_without_perl(void **state)
{
	struct fixture *f = *state;
	struct vcs vcs = VCS_INIT;
	char *empty = path_join(f->home, "empty"), *dir = path_join(f->home, "r");
	assert_int_equal(path_make_dirs(empty), 0);
	assert_int_equal(path_make_dirs(dir), 0);
	fixture_load(f, "[r]\nmine_test = perl: 1 == 1\nother_test = true\n");
	char *search = mem_strdup(getenv("PATH"));
	assert_int_equal(setenv("PATH", empty, 1), 0);
	vcs_detect(&vcs, NULL, fixture_section(f, "r"), dir);
	assert_int_equal(setenv("PATH", search, 1), 0);
	free(search);
	assert_int_equal(vcs.unanswered.len, 1);
	assert_non_null(strstr(vcs.unanswered.list[0], "mine_test at "));
	assert_null(strstr(str_cstr(&vcs.question), "perl"));
	ask(&vcs, dir, empty);
	assert_string_equal(str_cstr(&vcs.names), "other");
	vcs_release(&vcs);
	free(empty);
	free(dir);
}

static void test_answers(MR_UNUSED void **state)
{
	struct vcs vcs = VCS_INIT;
	vcs_add_answer(&vcs, slice_of(""));
	vcs_add_answer(&vcs, slice_of("\n\n"));
	assert_null(vcs_name(&vcs));
	vcs_add_answer(&vcs, slice_of("git"));
	assert_string_equal(vcs_name(&vcs), "git");
	vcs_add_answer(&vcs, slice_of("\nhg\nsvn\n"));
	assert_null(vcs_name(&vcs));
	assert_int_equal(vcs.count, 3);
	assert_string_equal(str_cstr(&vcs.names), "git hg svn");
	vcs_release(&vcs);
	assert_int_equal(vcs.count, 0);
}

static bool has_other(struct slice others, const char *name)
{
	for (size_t at = 0; at < others.len; at += strlen(others.ptr + at) + 1)
		if (!strcmp(others.ptr + at, name))
			return true;
	return false;
}

/* What must not be there for a directory with .git to be git's alone. */
static void test_expected(void **state)
{
	static const struct {
		const char *text;
		bool expects;
		const char *other;
	} cases[] = {
	    {"[r]\n", true, ".svn"},
	    {"[r]\n", true, "_FOSSIL_"},
	    {"[r]\n", true, "refs"},
	    {"[r]\nmine_test = perl: -e \"$ENV{MR_REPO}/.mine\"\n", true, ".mine"},
	    {"[r]\nmine_test = perl: -e \"$ENV{MR_REPO}/.git\"\n", false, NULL},
	    {"[r]\nmine_test = perl: -e \"$ENV{MR_REPO}/.git/mine\"\n", false, NULL},
	    {"[r]\nmine_test = perl: ! -e \"$ENV{MR_REPO}/.other\"\n", false, NULL},
	    {"[r]\nmine_test = perl: 1 == 1\n", false, NULL},
	    {"[r]\nmine_test = false\n", false, NULL},
	    {"[r]\ngit_test = perl: -e \"$ENV{MR_REPO}/.git\"\n", false, NULL},
	    {"[r]\ngit_test = perl: 0\n", false, NULL},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct vcs_memo *memo = vcs_memo_new();
		struct slice others;
		fixture_load(f, cases[i].text);
		for (int again = 0; again < 2; again++) {
			assert_int_equal(vcs_expects_git(memo, fixture_section(f, "r"), &others), cases[i].expects);
			if (cases[i].expects)
				assert_true(has_other(others, cases[i].other) && !has_other(others, ".git"));
		}
		vcs_memo_free(memo);
	}
	struct vcs vcs = VCS_INIT;
	vcs_expect_git(&vcs);
	assert_string_equal(vcs_name(&vcs), "git");
	assert_true(vcs.builtin);
	vcs_release(&vcs);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_git),  TEST(test_git_file),  TEST(test_others), TEST(test_none),         TEST(test_two),
	    TEST(test_own_tests), TEST(test_perl), TEST(test_without_perl), TEST(test_expected), cmocka_unit_test(test_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
