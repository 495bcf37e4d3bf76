/* The lines of a .mrconfig: what is a section, a setting, a continuation, an include, and what is refused. */
#include "registry_fixture.h"

static void test_settings(void **state)
{
	static const struct {
		const char *text;
		const char *value; /* of `a` in [s] */
	} table[] = {
	    {"[s]\na = b\n", "b"},
	    {"[s]\na=b", "b"},
	    {"[s] \t\na\t=\tb  \n", "b  "},
	    {"[s]\na =\n", ""},
	    {"[s]\na = \n\tb\n", "\nb"},
	    {"[s]\na = x\n\ty\n\t\tz\n", "x\ny\n\tz"},
	    {"[s]\na = x\n  \n y\n", "x\n \ny"},
	    {"[s]\na = x\n\t# kept\n", "x\n# kept"},
	    {"[s]\na = x\n \n# y\n", "x"},
	    {"[s]\na = x\n\nb = y\n", "x"},
	    {"[s]\na = x ; y # z\n", "x ; y # z"},
	    {"[s]\na = [x]\n", "[x]"},
	    {"[s]\na = b = c\n", "b = c"},
	    {"[s]\na = x\n\t[t]\n\ty = z\n", "x\n[t]\ny = z"},
	    {"# c\n  # d\n\v\n[s]\na = x\na = y\n", "y"},
	    {"[s]\r\na = x\r\n\ty\r\n\r\n# z\r\n", "x\ny"},
	    {"[s]\na = x\n \r\n", "x"},
	    {"[s]\na = \xff\xc3(\n", "\xff\xc3("},
	    {"[s]\na = x\\\n\ty\n", "x\\\ny"},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		fixture_load(f, table[i].text);
		assert_string_equal(value_of(f, "s", "a"), table[i].value);
	}
}

static void test_section_names(void **state)
{
	static const char *const names[] = {"a", "a b", " a ", "a+b#c", "\xc3\xbc", "a/",
					    ".", "",    "a=b", "~/x",   "*",        "\xff"};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		char *text = mem_format("[%s]\n", names[i]);
		fixture_load(f, text);
		assert_int_equal(registry_section_count(f->registry), 1);
		assert_true(slice_is(section_name(registry_section(f->registry, 0)), names[i]));
		free(text);
	}
}

static void test_broken_lines(void **state)
{
	static const struct {
		const char *text, *message;
	} table[] = {
	    {"junk\n", "parse error at ~/.mrconfig line 1"},
	    {"\n[s]\n x\n", "parse error at ~/.mrconfig line 3"},
	    {"[s]\na-b = c\n", "parse error at ~/.mrconfig line 2"},
	    {"[a] # x\n", "parse error at ~/.mrconfig line 1"},
	    {"[a\n", "parse error at ~/.mrconfig line 1"},
	    {"[a]b]\n", "parse error at ~/.mrconfig line 1"},
	    {"\xef\xbb\xbf[a]\n", "parse error at ~/.mrconfig line 1"},
	    {"[s]\na: b\n", "parse error at ~/.mrconfig line 2"},
	    {"[s]\n;x\n", "parse error at ~/.mrconfig line 2"},
	    {"[s]\na = b\n\tc\n\n\td\n", "parse error at ~/.mrconfig line 5"},
	    {"a = b\n", "parameter (a) not in section at ~/.mrconfig line 1"},
	    {"a = b\n\tc\n\td\n", "parameter (a) not in section at ~/.mrconfig line 3"},
	    {"jobs = x\n", "error: --jobs must be numeric at ~/.mrconfig line 1"},
	    {"jobs =\n", "error: --jobs must be numeric at ~/.mrconfig line 1"},
	    {"include = echo x\n", "parse error at ~/.mrconfig line 1, included line: x"},
	    {"include = printf '[s]\\n a\\n'\n", "parse error at ~/.mrconfig line 1, included line:  a"},
	    {"include =\n\techo y = x\n", "parameter (y) not in section at ~/.mrconfig line 2, included line: y = x"},
	    {"include = true\njunk\n", "parse error at ~/.mrconfig line 2"},
	    {"include = echo '[s]'\n\n\njunk\n", "parse error at ~/.mrconfig line 4"},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		assert_fails(f, table[i].text, table[i].message);
}

static void test_nul_bytes(void **state)
{
	struct fixture *f = *state;
	static const char text[] = "[s]\na = x\0y\n\tz\0\nb = 1\n";
	fixture_write_bytes(f, ".mrconfig", text, sizeof text - 1);
	assert_int_equal(fixture_try(f), 0);
	struct slice value = section_get(fixture_section(f, "s"), "a")->value;
	assert_true(slice_equal(value, slice_make("x\0y\nz\0", 6)));
	assert_string_equal(value_of(f, "s", "b"), "1");

	static const char name[] = "\n[s\0t]\n";
	fixture_write_bytes(f, ".mrconfig", name, sizeof name - 1);
	assert_int_equal(fixture_try(f), -1);
	assert_non_null(strstr(err_text(&f->err), "/.mrconfig line 2\n(no directory"));
	static const char include[] = "include = echo\0x\n";
	fixture_write_bytes(f, ".mrconfig", include, sizeof include - 1);
	assert_int_equal(fixture_try(f), -1);
	assert_non_null(strstr(err_text(&f->err), "NUL byte at"));
}

static void test_long_texts(void **state)
{
	struct fixture *f = *state;
	struct str text = STR_INIT, name = STR_INIT, value = STR_INIT;
	for (int i = 0; i < 3000; i++)
		str_adds(&name, i ? "/component" : "component");
	for (int i = 0; i < 100 * 1024; i++)
		str_addc(&value, (char)('!' + i % 90));
	str_addf(&text, "[%s]\na = %s\nb = x\n\t%s\n\ty\n", str_cstr(&name), str_cstr(&value), str_cstr(&value));
	fixture_load(f, str_cstr(&text));
	assert_string_equal(value_of(f, str_cstr(&name), "a"), str_cstr(&value));
	struct slice long_value = section_get(fixture_section(f, str_cstr(&name)), "b")->value;
	assert_int_equal(long_value.len, value.len + 4);
	assert_true(slice_starts(long_value, "x\n!\"#") && slice_ends(long_value, "\ny"));
	assert_int_equal(strlen(section_path(registry_section(f->registry, 0))), strlen(f->home) + 1 + name.len);
	str_release(&text);
	str_release(&name);
	str_release(&value);
}

static void test_places(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "\n\n[s]\na =\n\tx\n# c\nb = 1\ninclude = echo c = 2; echo '[t]'\nd = 3\n");
	const struct section *s = fixture_section(f, "s"), *t = fixture_section(f, "t");
	assert_int_equal(section_line(s), 3);
	assert_says(f, section_file(s), "~/.mrconfig");
	assert_int_equal(section_get(s, "a")->line, 4);
	assert_int_equal(section_get(s, "b")->line, 7);
	assert_int_equal(section_get(s, "c")->line, 8);
	assert_int_equal(section_line(t), 8);
	assert_int_equal(section_get(t, "d")->line, 9);
	assert_says(f, section_get(t, "d")->file, "~/.mrconfig");
	assert_string_equal(section_get(t, "git_update")->file, "built-in");
	assert_true(section_get(t, "git_update")->builtin);
	assert_false(section_get(t, "d")->builtin);
}

static void test_include_in_place(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "include = printf 'jobs = 3\\n[DEFAULT]\\nd = 1'\n"
			"e = 2\n"
			"[s]\na = 1\ninclude = printf 'a = 2\\nb =\\n\\tx\\n'\n"
			"c = 3\n"
			"include =\n\techo include = echo n = 4\n\techo '[t]'\n"
			"a = 5\n");
	assert_int_equal(registry_jobs(f->registry), 3);
	assert_string_equal(value_of(f, "s", "d"), "1");
	assert_string_equal(value_of(f, "s", "e"), "2");
	assert_string_equal(value_of(f, "s", "a"), "2");
	assert_string_equal(value_of(f, "s", "b"), "\nx");
	assert_string_equal(value_of(f, "s", "c"), "3");
	assert_string_equal(value_of(f, "s", "n"), "4");
	assert_string_equal(value_of(f, "t", "a"), "5");
	assert_null(value_of(f, "t", "c"));
}

/* An include sees what ran before it, and nothing after it ran yet. */
static void test_include_order(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "inner",
		      "include = echo 2 >>~/log\ninclude = echo a = $(wc -l <~/log)\ninclude = echo 3 >>~/log\n");
	fixture_load(f, "[s]\ninclude = echo 1 >>~/log\ninclude = cat ~/inner\ninclude = echo b = $(wc -l <~/log)\n");
	assert_string_equal(value_of(f, "s", "a"), "2");
	assert_string_equal(value_of(f, "s", "b"), "3");
}

static void test_include_messages(void **state)
{
	struct fixture *f = *state;
	f->verbose = true;
	fixture_load(f, "include = echo '[s]'; exit 3\n\n[t]\nx = 1\njobs = 7\n");
	assert_non_null(fixture_section(f, "s"));
	assert_says(f, str_cstr(&f->errors), "mr: include command exited nonzero (768) at ~/.mrconfig line 1\n");
	assert_says(f, str_cstr(&f->out),
		    "mr: loading config ~/.mrconfig\n"
		    "mr: including output of \"echo '[s]'; exit 3\"\n"
		    "mr: setting --jobs to \"7\"\n");
}

static void test_include_of_itself(void **state)
{
	struct fixture *f = *state;
	assert_fails(
	    f, "[s]\ninclude = cat ~/.mrconfig\n[t]\n",
	    "includes are nested more than 32 deep at ~/.mrconfig line 2, included line: include = cat ~/.mrconfig\n"
	    "(the file probably includes itself)");
	assert_fails(
	    f, "include = cat ~/.mrconfig",
	    "includes are nested more than 32 deep at ~/.mrconfig line 1, included line: include = cat ~/.mrconfig\n"
	    "(the file probably includes itself)");
}

static void test_include_without_end(void **state)
{
	assert_fails(*state, "[s]\ninclude = yes x = 1\n",
		     "includes give more than 64 MiB of text at ~/.mrconfig line 2\n(does the include command end?)");
}

static void test_jobs(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[s]\n");
	assert_int_equal(registry_jobs(f->registry), -1);
	fixture_load(f, "jobs = 4\n[s]\njobs = 0\n");
	assert_int_equal(registry_jobs(f->registry), 0);
	assert_null(value_of(f, "s", "jobs"));
	fixture_load(f, "jobs = 99999999999999999999999\n");
	assert_true(registry_jobs(f->registry) > 1000000);
}

static void test_files(void **state)
{
	struct fixture *f = *state;
	f->config = "dir";
	fixture_write(f, "dir/x", "");
	assert_int_equal(fixture_try(f), -1);
	assert_says(f, err_text(&f->err), "open ~/dir: Is a directory");
	f->config = "missing/.mrconfig";
	assert_int_equal(fixture_try(f), 0);
	assert_int_equal(registry_config_count(f->registry), 2);
	assert_says(f, registry_config_dir(f->registry, 1), "~/missing/");
	assert_says(f, registry_config_file(f->registry, 1), "~/missing/.mrconfig");
	fixture_load(f, "");
	assert_int_equal(registry_section_count(f->registry), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_settings),
	    TEST(test_section_names),
	    TEST(test_broken_lines),
	    TEST(test_nul_bytes),
	    TEST(test_long_texts),
	    TEST(test_places),
	    TEST(test_include_in_place),
	    TEST(test_include_order),
	    TEST(test_include_messages),
	    TEST(test_include_of_itself),
	    TEST(test_include_without_end),
	    TEST(test_jobs),
	    TEST(test_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
