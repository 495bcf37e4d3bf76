/* What a configuration may say that nobody vouched for. */
#include "registry_fixture.h"

#define HINT "\n(To trust this file, list it in ~/.mrtrust.)"

/* Loads sub/.mrconfig as an untrusted file; NULL when it is accepted, else the message. For free(). */
static char *load_untrusted(struct fixture *f, const char *text)
{
	fixture_write(f, "sub/.mrconfig", text);
	f->config = "sub/.mrconfig";
	return fixture_try(f) ? fixture_tilde(f, err_text(&f->err)) : NULL;
}

static void assert_accepted(struct fixture *f, const char *text)
{
	char *message = load_untrusted(f, text);
	if (message)
		fail_msg("%s", message);
}

static void assert_refused(struct fixture *f, const char *text, const char *expected)
{
	char *message = load_untrusted(f, text), *full = mem_format("%s" HINT, expected);
	assert_non_null(message);
	assert_string_equal(message, full);
	free(full);
	free(message);
}

static const struct {
	const char *command;
	bool accepted;
} checkouts[] = {
    {"git clone http://host/x.git", true},
    {"git clone 'git@host:x/y.git' \"y\"", true},
    {"git  clone http://host/x/ y", true},
    {"git clone --bare http://host/x y", true},
    {"svn co svn://host/x@5 x", true},
    {"svn checkout svn://host/x x", true},
    {"bzr get lp:x x", true},
    {"bzr branch ../x x", true},
    {"vcsh clone http://host/x", true},
    {"hg clone ssh://u@host//x x", true},
    {"darcs get http://host/x x", true},
    {"git clone http://host/x a/b", true},
    {"", false},
    {"git", false},
    {"git clone", false},
    {"git clone http://host/x y z", false},
    {"git clone x", false}, /* no slash: the directory is not known */
    {"git clone http://host/x ../y", false},
    {"git clone http://host/x /y", false},
    {"git clone http://host/..", false},
    {"git clone -u http://host/x", false},
    {"git clone '-u' x", false},
    {"git clone http://host/x -y", false},
    {"git clone http://host/-x", false},
    {"git clone http://host/x; rm y", false},
    {"git clone http://host/x y;rm", false},
    {"git clone http://host/$x", false},
    {"git clone `id`", false},
    {"git clone 'http://host/x", false},
    {"git clone '\"http://host/x\"' y", false},
    {"git clone http://host/x ~", false},
    {"git clone http://host/x \\y", false},
    {"git clone http://host/x y # z", false},
    {"git clone http://host/x?y y", false},
    {"git pull http://host/x y", false},
    {"Git clone http://host/x y", false},
    {"bzr checkout|clone lp:x x", false},
    {"bzr | lp:x x", false},
    {"bzr '' lp:x x", false},
    {"vcsh run \"$MR_REPO\" git clone http://host/x x", false},
    {"vcsh run '\"$MR_REPO\"' git clone http://host/x x", false},
    {"git clone $url $repo", false},
    {"git clone ext::sh a", false},
    {"git clone x::http://host/x a", false},
    {"git clone ssh://-oProxyCommand/x a", false},
    {"git clone u@-oProxyCommand:x a", false},
    {"hg clone ssh://-oProxyCommand/x a", false},
    {"svn co svn+ssh://u@-o/x a", false},
    {"git clone --config=x http://host/x", false},
    {"git clone -c core.pager=x http://host/x", false},
    {"git clone --upload-pack=x http://host/x y", false},
    {"git clone http://host/x .git/hooks", false},
    {"git clone http://host/x a/.GIT", false},
    {"hg clone http://host/x y/.hg", false},
    {"git clone http://host/.git", false},
    {"git clone http://host/x y.git", true},
    {"git clone http://host/x .github", true},
    {"git clone http://host/x . y", false},
    {"git clone (http://host/x)", false},
    {"git clone http://host/{x,y} z", false},
    {"git clone http://host/x >y", false},
    {"X=y git clone http://host/x", false},
    {"true", false},
};

static void test_checkouts(void **state)
{
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof checkouts / sizeof checkouts[0]; i++) {
		char *text = mem_format("[s]\ncheckout = %s\n", checkouts[i].command);
		char *message =
		    mem_format("illegal checkout command \"%s\" in untrusted ~/sub/.mrconfig line 2", checkouts[i].command);
		if (checkouts[i].accepted)
			assert_accepted(f, text);
		else
			assert_refused(f, text, message);
		free(message);
		free(text);
	}
}

/* To the shell, a continuation line is another command. */
static void test_checkout_lines(void **state)
{
	struct fixture *f = *state;
	assert_accepted(f, "[s]\ncheckout =\n\tgit clone http://host/x y\n");
	assert_string_equal(value_of(f, "s", "checkout"), "\ngit clone http://host/x y");
	assert_refused(f, "[s]\ncheckout = git clone http://host/x\n\ty\n",
		       "illegal checkout command \"git clone http://host/x\ny\" in untrusted ~/sub/.mrconfig line 3");
	assert_refused(f, "[s]\ncheckout =\n\tgit clone http://host/x\n\ty\n",
		       "illegal checkout command \"\ngit clone http://host/x\ny\" in untrusted ~/sub/.mrconfig line 4");
	assert_refused(f, "[s]\ncheckout =\n\tgit\tclone http://host/x\n",
		       "illegal checkout command \"\ngit\tclone http://host/x\" in untrusted ~/sub/.mrconfig line 3");
}

static void test_sections(void **state)
{
	static const char *const accepted[] = {"a", "a/b", "a-b_c.d+E", "-x", ".x", "a/"};
	static const char *const refused[] = {"",      "/a",      "..",    "a/../b", "a..b",     "a b",
					      "$HOME", "DEFAULT", "ALIAS", "a;b",    "\xc3\xbc", "~",
					      "$(x)",  "`x`",     "a*",    "a\\b",   ".git",     "a/.git/hooks",
					      "_darcs", "a/.Hg/", "a'b",   "a\"b",   "a#b",      "a=b"};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
		char *text = mem_format("[%s]\n", accepted[i]);
		assert_accepted(f, text);
		assert_non_null(fixture_section(f, accepted[i]));
		free(text);
	}
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		char *text = mem_format("#\n[%s]\n", refused[i]);
		char *message = mem_format("illegal section \"[%s]\" in untrusted ~/sub/.mrconfig line 2", refused[i]);
		assert_refused(f, text, message);
		free(message);
		free(text);
	}
}

static void test_settings(void **state)
{
	struct fixture *f = *state;
	assert_accepted(
	    f, "include = true\n[s]\nskip = true\ndeleted = false\norder = $(evil)\nchain = true\nx_append = true\r\n");
	assert_refused(f, "[s]\nupdate = git pull\n",
		       "illegal setting \"update=git pull\" in untrusted ~/sub/.mrconfig line 2");
	assert_refused(f, "[s]\nskip = true\n\tx\n",
		       "illegal setting \"skip=true\nx\" in untrusted ~/sub/.mrconfig line 3");
	assert_refused(f, "[s]\nskip = true \n", "illegal setting \"skip=true \" in untrusted ~/sub/.mrconfig line 2");
	assert_refused(f, "include = echo\n", "illegal setting \"include=echo\" in untrusted ~/sub/.mrconfig line 1");
	assert_refused(f, "jobs = 3\n", "illegal setting \"jobs=3\" in untrusted ~/sub/.mrconfig line 1");
	assert_refused(f, "[s]\nskip =\ttrue\n", "illegal control character in untrusted ~/sub/.mrconfig line 2");
	assert_refused(f, "[s]\t\n", "illegal control character in untrusted ~/sub/.mrconfig line 1");
	assert_refused(f, "\x1b[s]\n", "illegal control character in untrusted ~/sub/.mrconfig line 1");
	assert_refused(f, "[s]\ncheckout_append = rm\n",
		       "illegal setting \"checkout_append=rm\" in untrusted ~/sub/.mrconfig line 2");
}

static void test_who_is_trusted(void **state)
{
	struct fixture *f = *state;
	const char *evil = "[$EVIL]\nupdate = evil\n";
	char *message = load_untrusted(f, evil);
	assert_non_null(message);
	free(message);
	fixture_write(f, ".mrtrust", "# no\n\nsub/.mrconfig\n~/other\n/nowhere/x\n");
	message = load_untrusted(f, evil);
	assert_non_null(message);
	free(message);
	fixture_write(f, ".mrtrust", "x\r\n~/sub/./.mrconfig\r\n");
	assert_accepted(f, evil);
	fixture_write(f, ".mrtrust", "");
	f->trust_all = true;
	assert_accepted(f, evil);
}

/* Templates of the person's own DEFAULT count; those of an untrusted file cannot exist. */
static void test_own_templates(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, ".mrconfig",
		      "[DEFAULT]\nmy_trusted_checkout = myvcs get|take --fast $url $repo\ngit_trusted_checkout =\n");
	assert_accepted(f, "[s]\ncheckout = myvcs take --fast http://host/x\n");
	assert_refused(f, "[s]\ncheckout = git clone http://host/x\n",
		       "illegal checkout command \"git clone http://host/x\" in untrusted ~/sub/.mrconfig line 2");
}

static void test_bootstrap_source(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "");
	fixture_write(f, "tmpfile", "[s]\ncheckout = evil\n");
	char *path = path_join(f->home, "tmpfile"), *dir = path_join(f->home, "new");
	assert_int_equal(registry_add_file(f->registry, path, dir, "http://h/c", &f->err), -1);
	assert_string_equal(err_text(&f->err), "illegal checkout command \"evil\" in untrusted http://h/c line 2\n"
					       "(To trust this url, --trust-all can be used; but please use caution;\n"
					       "this can allow arbitrary code execution!)");
	free(path);
	path = path_join(f->home, "absent");
	assert_int_equal(registry_add_file(f->registry, path, dir, NULL, &f->err), 0);
	free(dir);
	free(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_checkouts),      TEST(test_checkout_lines), TEST(test_sections),         TEST(test_settings),
	    TEST(test_who_is_trusted), TEST(test_own_templates),  TEST(test_bootstrap_source),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
