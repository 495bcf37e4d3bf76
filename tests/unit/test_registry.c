/* What a registry holds after loading: DEFAULT and its layers, joined settings, chained files, actions, order. */
#include "registry_fixture.h"

#include <math.h>

static void test_defaults_are_copied(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[before]\n[DEFAULT]\na = 1\nb = 1\n[s]\nb = own\n[DEFAULT]\na = 2\nc = 2\n[s]\nd = 4\n[t]\n");
	assert_null(value_of(f, "before", "a"));
	assert_string_equal(value_of(f, "s", "a"), "1");
	assert_string_equal(value_of(f, "s", "b"), "own");
	assert_null(value_of(f, "s", "c"));
	assert_string_equal(value_of(f, "s", "d"), "4");
	assert_string_equal(value_of(f, "t", "a"), "2");
	assert_string_equal(value_of(f, "t", "b"), "1");
	assert_string_equal(value_of(f, "t", "c"), "2");
	assert_int_equal(registry_section_count(f->registry), 3);
}

/* Many changes of DEFAULT: every section keeps the one it saw. */
static void test_many_layers(void **state)
{
	struct fixture *f = *state;
	struct str text = STR_INIT;
	for (int i = 0; i < 200; i++)
		str_addf(&text, "[DEFAULT]\nv = %d\nv%d = x\n[s%d]\n", i, i, i);
	fixture_load(f, str_cstr(&text));
	for (int i = 0; i < 200; i++) {
		char name[16], value[16], setting[16];
		snprintf(name, sizeof name, "s%d", i);
		snprintf(value, sizeof value, "%d", i);
		assert_string_equal(value_of(f, name, "v"), value);
		assert_string_equal(value_of(f, name, "v0"), "x");
		snprintf(setting, sizeof setting, "v%d", i);
		assert_string_equal(value_of(f, name, setting), "x");
		snprintf(setting, sizeof setting, "v%d", i + 1);
		assert_null(value_of(f, name, setting));
	}
	str_release(&text);
}

static void test_joined_settings(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[DEFAULT]\na = 1\nx_append = 0\n"
			"[s]\na_append = 2\na_prepend = 0\nb_append = 1\nc_prepend = 1\nd_default = 1\nd_default = 2\n"
			"_append = e\nx_append = 1\nlib = own\nlib_prepend = first\n[t]\na_append = 3\n");
	assert_string_equal(value_of(f, "s", "a"), "0\n1\n2\n");
	assert_string_equal(value_of(f, "s", "b"), "\n1\n");
	assert_string_equal(value_of(f, "s", "c"), "1\n");
	assert_string_equal(value_of(f, "s", "d_default"), "2");
	assert_string_equal(value_of(f, "s", ""), "\ne\n");
	assert_string_equal(value_of(f, "s", "x"), "\n0\n\n1\n");
	assert_null(value_of(f, "s", "x_append"));
	assert_string_equal(value_of(f, "t", "a"), "1\n3\n");
	const char *builtin = section_get(registry_defaults(f->registry, NULL), "lib")->value.ptr;
	char *lib = mem_format("first\n%s\nown\n", builtin);
	assert_string_equal(value_of(f, "s", "lib"), lib);
	free(lib);
}

static void test_builtin_mark(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[DEFAULT]\ngit_log = git log -1\n[s]\ngit_update_append = true\ngit_status = x\n");
	const struct section *s = fixture_section(f, "s");
	assert_true(section_get_vcs(s, "git", "diff")->builtin);
	assert_false(section_get_vcs(s, "git", "log")->builtin);
	assert_false(section_get_vcs(s, "git", "update")->builtin);
	assert_false(section_get_vcs(s, "git", "status")->builtin);
	assert_null(section_get_vcs(s, "git", "nothing"));
	assert_true(section_get(s, "lib")->builtin);
}

/* The shell text of an action puts the command on line 53, as scripts that read shell messages may expect. */
static void test_builtin_lib_height(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "");
	const char *lib = section_get(registry_defaults(f->registry, ""), "lib")->value.ptr;
	int lines = 0;
	for (; *lib; lib++)
		lines += *lib == '\n';
	assert_int_equal(lines, 51);
}

static void test_endings(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[DEFAULT]\nzz_test = d\n[s]\naa_test = s\nzz_test = s\n[t]\n");
	size_t count, base;
	const struct named_setting *list = section_ending(fixture_section(f, "s"), "_test", &count);
	section_ending(registry_defaults(f->registry, ""), "_test", &base);
	assert_int_equal(count, base + 2);
	assert_string_equal(list[0].name, "aa_test");
	assert_string_equal(list[1].name, "hg_test");
	assert_string_equal(list[2].name, "zz_test");
	assert_string_equal(list[2].setting->value.ptr, "s");
	assert_string_equal(list[count - 1].name, "veracity_test");
	assert_ptr_equal(list, section_ending(fixture_section(f, "s"), "_test", &count));
	list = section_ending(fixture_section(f, "t"), "_test", &count);
	assert_int_equal(count, base + 1);
	assert_string_equal(list[1].setting->value.ptr, "d");
	section_ending(fixture_section(f, "t"), "_nothing", &count);
	assert_int_equal(count, 0);
}

static void test_paths(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[a/b]\n[/abs/x]\n[.]\n[c/]\n");
	assert_says(f, section_path(registry_section(f->registry, 0)), "~/a/b");
	assert_says(f, section_path(registry_section(f->registry, 1)), "/abs/x");
	assert_says(f, section_path(registry_section(f->registry, 2)), "~/.");
	assert_says(f, section_path(registry_section(f->registry, 3)), "~/c/");
	assert_says(f, section_topdir(registry_section(f->registry, 0)), "~/");
	assert_says(f, section_config(registry_section(f->registry, 0)), "~/.mrconfig");
}

static void test_order(void **state)
{
	static const struct {
		const char *text;
		double order;
	} table[] = {
	    {"5", 5},        {"-3", -3},        {"+2.5x", 2.5}, {"1e2", 100}, {"1e", 1},
	    {".5", 0.5},     {"", 0},           {"x", 0},       {" 7", 7},    {"0x10", 0},
	    {"5 6", 5},      {"10.1", 10.1},    {"1e-1", 0.1},  {"-", 0},     {"1e99999", HUGE_VAL},
	    {"1e-99999", 0}, {"inf", HUGE_VAL}, {"nan", 0},     {".", 0},     {"3.", 3},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char *text = mem_format("[s]\norder = %s\n", table[i].text);
		fixture_load(f, text);
		assert_true(section_order(fixture_section(f, "s")) == table[i].order);
		free(text);
	}
	fixture_load(f, "[s]\n");
	assert_true(section_order(fixture_section(f, "s")) == 10);
}

static void test_names_with_variables(void **state)
{
	static const struct {
		const char *text, *name;
	} table[] = {
	    {"$FX/x", "v w/x"},
	    {"${FX}y", "v wy"},
	    {"$FX$FX", "v wv w"},
	    {"${FX:-d}", "v w"},
	    {"${NONE:-d e}", "d e"},
	    {"${NONE:-$FX/y}/z", "v w/y/z"},
	    {"${EMPTY:-d}", "d"},
	    {"${NONE-d}", "d"},
	    {"$NONE/x", "/x"},
	    {"$(echo hi)", "hi"},
	    {"a`echo b`$EMPTY", "ab"},
	    {"\\$FX", "$FX"},
	    {"$SLASH", "a\tb"},
	    {"${FX#v }", "w"},
	    {"$DASH", ""},
	    {"$QUOTE", "a\"`'b"},
	    {"$(printf 'a\\n\\n')", "a"},
	    {"$LINES2", "a\n"},
	    {"$PWD", NULL},
	    {"x$", "x$"},
	    {"`echo y`", "`echo y`"}, /* without a dollar nothing is expanded */
	};
	struct fixture *f = *state;
	setenv("FX", "v w", 1);
	setenv("SLASH", "a\\tb", 1);
	setenv("EMPTY", "", 1);
	setenv("LINES2", "a\n", 1);
	setenv("DASH", "-n", 1);
	setenv("QUOTE", "a\"`'b", 1);
	unsetenv("NONE");
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char *text = mem_format("[%s]\n", table[i].text), *cwd = path_cwd();
		fixture_load(f, text);
		assert_string_equal(section_name(registry_section(f->registry, 0)).ptr,
				    table[i].name ? table[i].name : cwd);
		free(cwd);
		free(text);
	}
}

/* The shell is asked once for each text. */
static void test_shell_names_are_remembered(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[$(echo x >>~/log; echo a)]\nb = 1\n[$(echo x >>~/log; echo a)]\nc = $(wc -l <~/log)\n"
			"include = echo d = $(wc -l <~/log)\n");
	assert_int_equal(registry_section_count(f->registry), 1);
	assert_string_equal(value_of(f, "a", "d"), "1");
}

static void assert_action(const struct fixture *f, const char *word, const char *expected)
{
	const char *action;
	struct err err = ERR_INIT;
	if (registry_action(f->registry, word, &action, &err))
		assert_string_equal(err_text(&err), expected);
	else
		assert_string_equal(action, expected);
	err_release(&err);
}

static void test_actions(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[ALIAS]\nu = update\nlog = diff\nzap = nothing\nwhy_append = status\n"
			"[s]\ngit_svn_rebase = x\nfoo_default = x\nq_append = x\nl_prepend = x\n");
	assert_action(f, "status", "status");
	assert_action(f, "st", "status");
	assert_action(f, "co", "checkout");
	assert_action(f, "u", "update");
	assert_action(f, "upd", "update");
	assert_action(f, "log", "diff");
	assert_action(f, "lo", "log");
	assert_action(f, "ls", "list");
	assert_action(f, "reb", "rebase");
	assert_action(f, "why", "status");
	assert_action(f, "con", "config");
	assert_action(f, "re", "ambiguous action \"re\" (matches: rebase, record, register, remember)");
	assert_action(f, "l", "ambiguous action \"l\" (matches: list, log, ls)");
	assert_action(
	    f, "foo",
	    "unknown action \"foo\" (known actions: T, bootstrap, checkout, clean, commit, config, diff, ed, "
	    "fetch, grep, list, log, offline, online, order, push, rebase, record, register, remember, right, "
	    "run, status, test, update)");
	assert_int_equal(registry_action_count(f->registry), 25 + 6);
	for (size_t i = 1; i < registry_action_count(f->registry); i++)
		assert_true(strcmp(registry_action_name(f->registry, i - 1), registry_action_name(f->registry, i)) < 0);
}

static void test_chain(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "a/.mrconfig", "[x]\nchain = true\n[y]\n");
	fixture_write(f, "a/x/.mrconfig", "[deep]\n");
	fixture_write(f, "b/.mrconfig", "[z]\n");
	fixture_write(f, "c/.mrconfig", "[no]\n");
	f->trust_all = true;
	fixture_load(f, "[DEFAULT]\nd = 1\nchain = true\n[a]\nchain = true\n[b]\nchain = test -d ~/b\n[c]\nchain = "
			"kill -9 $$\n[none]\n"
			"chain = touch ~/ran\n");
	static const char *const names[] = {"a", "b", "c", "none", "x", "y", "deep", "z"};
	assert_int_equal(registry_section_count(f->registry), 8);
	for (size_t i = 0; i < 8; i++)
		assert_string_equal(section_name(registry_section(f->registry, i)).ptr, names[i]);
	assert_string_equal(value_of(f, "deep", "d"), "1");
	assert_says(f, section_path(fixture_section(f, "deep")), "~/a/x/deep");
	assert_string_equal(str_cstr(&f->errors), "mr: chain test received signal 9\n");
	char *ran = path_join(f->home, "ran");
	assert_false(path_exists(ran));
	free(ran);
	assert_int_equal(registry_config_count(f->registry), 4);
	assert_says(f, registry_config_dir(f->registry, 2), "~/a/x/");
}

static void test_chain_interrupted(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "a/.mrconfig", "");
	assert_fails(f, "[a]\nchain = kill -INT $$\n", "chain test interrupted");
}

static void test_chain_later(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[a]\nchain = true\n[b]\n");
	const struct section *a = fixture_section(f, "a");
	size_t added;
	assert_int_equal(registry_chain(f->registry, a, &added, &f->err), 0);
	assert_int_equal(added, 0);
	fixture_write(f, "a/.mrconfig", "[x]\ncheckout = git clone http://h/x x\n[y]\n");
	assert_int_equal(registry_chain(f->registry, fixture_section(f, "b"), &added, &f->err), 0);
	assert_int_equal(added, 0);
	assert_int_equal(registry_chain(f->registry, a, &added, &f->err), 0);
	assert_int_equal(added, 2);
	assert_string_equal(section_name(registry_section(f->registry, 2)).ptr, "x");
	assert_ptr_equal(a, fixture_section(f, "a"));
	assert_int_equal(registry_chain(f->registry, a, &added, &f->err), 0);
	assert_int_equal(added, 0);
}

/* Each file starts from the nearest DEFAULT above it; a file is read once, by whatever path. */
static void test_directories(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, ".mrtrust", "~/sub/.mrconfig\n");
	fixture_write(f, "sub/.mrconfig", "[s]\n[DEFAULT]\nb = 2\n[t]\n");
	fixture_write(f, ".mrconfig", "[DEFAULT]\na = 1\nb = 1\n[r]\n");
	f->config = "sub/../sub/.mrconfig";
	assert_int_equal(fixture_try(f), 0);
	assert_string_equal(value_of(f, "s", "b"), "1");
	assert_string_equal(value_of(f, "t", "b"), "2");
	assert_string_equal(value_of(f, "t", "a"), "1");
	char *sub = mem_format("%s/sub/", f->home);
	assert_string_equal(section_get(registry_defaults(f->registry, sub), "b")->value.ptr, "2");
	free(sub);
	assert_null(registry_defaults(f->registry, "/nowhere/"));
	char *link = path_join(f->home, "other"), *home = path_join(f->home, "sub");
	assert_int_equal(symlink(home, link), 0);
	size_t before = registry_section_count(f->registry);
	char *again = path_join(link, ".mrconfig");
	assert_int_equal(registry_add_file(f->registry, again, link, NULL, &f->err), 0);
	assert_int_equal(registry_section_count(f->registry), before);
	free(again);
	free(home);
	free(link);
}

/* A second file of a directory starts from above, not from what the first one left. */
static void test_second_file(void **state)
{
	struct fixture *f = *state;
	f->trust_all = true;
	fixture_write(f, "second", "[s]\n[t]\n");
	f->config = "second";
	fixture_load(f, "[DEFAULT]\na = 1\n[s]\n");
	assert_string_equal(value_of(f, "s", "a"), "1");
	assert_null(value_of(f, "t", "a"));
	assert_int_equal(registry_config_count(f->registry), 1);
	assert_says(f, registry_config_file(f->registry, 0), "~/.mrconfig");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_defaults_are_copied),
	    TEST(test_many_layers),
	    TEST(test_joined_settings),
	    TEST(test_builtin_mark),
	    TEST(test_builtin_lib_height),
	    TEST(test_endings),
	    TEST(test_paths),
	    TEST(test_order),
	    TEST(test_names_with_variables),
	    TEST(test_shell_names_are_remembered),
	    TEST(test_actions),
	    TEST(test_chain),
	    TEST(test_chain_interrupted),
	    TEST(test_chain_later),
	    TEST(test_directories),
	    TEST(test_second_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
