/* Changing single settings of a .mrconfig: what is written is read back, and every other byte stays. */
#include "registry_fixture.h"

#include "registry/edit.h"

static bool same_name(void *context, struct slice header)
{
	return slice_is(header, context);
}

static struct edit edit(const char *name, const char *value)
{
	return (struct edit){slice_of(name), slice_of(value)};
}

/* The text after the edits of a section. For free(). */
static char *edited(const char *text, const char *section, const struct edit *edits, size_t count)
{
	struct str out = STR_INIT;
	struct err err = ERR_INIT;
	char *context = mem_strdup(section);
	if (edit_text(slice_of(text), section, same_name, context, edits, count, &out, &err))
		fail_msg("%s", err_text(&err));
	free(context);
	return str_detach(&out);
}

static void assert_edit(const char *text, const char *section, const char *name, const char *value, const char *expected)
{
	struct edit one = edit(name, value);
	char *result = edited(text, section, &one, 1);
	assert_string_equal(result, expected);
	free(result);
}

static void test_change(MR_UNUSED void **state)
{
	assert_edit("[a]\nx = 1\ny = 2\n", "a", "x", "3", "[a]\nx = 3\ny = 2\n");
	assert_edit("[a]\nx=1\n  # c\ny=2\n", "a", "y", "3", "[a]\nx=1\n  # c\ny = 3\n");
	assert_edit("[a]\nx =\n\tone\n\ttwo\ny = 2\n", "a", "x", "3", "[a]\nx = 3\ny = 2\n");
	assert_edit("[a]\nx = 1", "a", "x", "2", "[a]\nx = 2\n");
	assert_edit("[a]\nxx = 1\nx_y = 2\nx=3\n", "a", "x", "4", "[a]\nxx = 1\nx_y = 2\nx = 4\n");
	assert_edit("[a] \nx = 1\n", "a", "x", "2", "[a] \nx = 2\n");
	assert_edit("[b]\nx = 1\n[a]\nx = 1\n[c]\nx = 1\n", "a", "x", "2", "[b]\nx = 1\n[a]\nx = 2\n[c]\nx = 1\n");
}

static void test_add(MR_UNUSED void **state)
{
	assert_edit("[a]\nx = 1\n\n\n[b]\n", "a", "y", "2", "[a]\nx = 1\ny = 2\n\n\n[b]\n");
	assert_edit("[a]\n[b]\n", "a", "y", "2", "[a]\ny = 2\n[b]\n");
	assert_edit("[a]", "a", "y", "2", "[a]\ny = 2\n");
	assert_edit("[a]\nx = 1", "a", "y", "2", "[a]\nx = 1\ny = 2\n");
	assert_edit("[a]\nx =\n\t1\n\n# b's\n[b]\n", "a", "y", "2", "[a]\nx =\n\t1\ny = 2\n\n# b's\n[b]\n");
	assert_edit("# only\n", "a", "y", "2", "# only\n\n[a]\ny = 2\n");
	assert_edit("# only", "a", "y", "2", "# only\n\n[a]\ny = 2\n");
	assert_edit("[b]\nx = 1\n", "a b/c", "y", "2", "[b]\nx = 1\n\n[a b/c]\ny = 2\n");
	assert_edit("", "a", "y", "2", "\n[a]\ny = 2\n");
	assert_edit("[a]\r\nx = 1\r", "a", "y", "2", "[a]\r\nx = 1\r\ny = 2\r\n");
}

static void test_remove(MR_UNUSED void **state)
{
	assert_edit("[a]\nx = 1\ny = 2\n", "a", "x", "", "[a]\ny = 2\n");
	assert_edit("[a]\nx =\n\tone\n  # in it\n\ttwo\n# c\ny = 2\n", "a", "x", "", "[a]\n# c\ny = 2\n");
	assert_edit("[a]\nx = 1\ny = 2\nx = 3\n[b]\nx = 4\n[a]\nx = 5", "a", "x", "", "[a]\ny = 2\n[b]\nx = 4\n[a]\n");
	assert_edit("[a]\ny = 2\n", "a", "x", "", "[a]\ny = 2\n");
	assert_edit("[b]\nx = 1", "a", "x", "", "[b]\nx = 1");
	assert_edit("", "a", "x", "", "");
}

static void test_duplicates(MR_UNUSED void **state)
{
	assert_edit("[a]\nx = 1\ny = 2\nx = 3\n", "a", "x", "4", "[a]\nx = 1\ny = 2\nx = 4\n");
	assert_edit("[a]\nx = 1\n[b]\nx = 2\n[a]\ny = 3\n", "a", "x", "4", "[a]\nx = 4\n[b]\nx = 2\n[a]\ny = 3\n");
	assert_edit("[a]\nx = 1\n[b]\n[a]\nx = 3\n[a]\n", "a", "x", "4", "[a]\nx = 1\n[b]\n[a]\nx = 4\n[a]\n");
	assert_edit("[a]\nx = 1\n[b]\n[a]\ny = 3\n", "a", "z", "4", "[a]\nx = 1\nz = 4\n[b]\n[a]\ny = 3\n");
}

static void test_values_of_many_lines(MR_UNUSED void **state)
{
	assert_edit("[a]\n", "a", "x", "if a; then\n\tb\nfi", "[a]\nx = if a; then\n\t\tb\n\tfi\n");
	assert_edit("[a]\n", "a", "x", "\none\n\ntwo", "[a]\nx =\n\tone\n\t \n\ttwo\n");
	assert_edit("[a]\n", "a", "x", "one\n# no comment\n[no section]", "[a]\nx = one\n\t# no comment\n\t[no section]\n");
	assert_edit("[a]\nx =\n\tone\n\ttwo\ny = 1\n", "a", "x", "1\n2\n3", "[a]\nx = 1\n\t2\n\t3\ny = 1\n");
	assert_edit("[a]\n", "a", "x", "one\n", "[a]\nx = one\n");
}

static void test_line_ends(MR_UNUSED void **state)
{
	assert_edit("[a]\r\nx = 1\r\ny = 2\r\n", "a", "x", "3\n4", "[a]\r\nx = 3\r\n\t4\r\ny = 2\r\n");
	assert_edit("[a]\r\nx =\r\n\t1\r\n\t2\r\n", "a", "x", "", "[a]\r\n");
	assert_edit("[a]\r\nx = 1", "a", "y", "2", "[a]\r\nx = 1\r\ny = 2\r\n");
	assert_edit("# c\r\n", "a", "y", "2", "# c\r\n\r\n[a]\r\ny = 2\r\n");
	assert_edit("[a]\nx = 1\r\ny = 2\r\n", "a", "x", "3", "[a]\nx = 3\ny = 2\r\n");
}

/* Text that only looks like what is edited. */
static void test_look_alikes(MR_UNUSED void **state)
{
	assert_edit("[a]\ny =\n\tx = 1\nx = 2\n", "a", "x", "3", "[a]\ny =\n\tx = 1\nx = 3\n");
	assert_edit("[b]\ny =\n\t[a]\n[a]\n", "a", "x", "3", "[b]\ny =\n\t[a]\n[a]\nx = 3\n");
	assert_edit("[a]\n#x = 1\n # x = 1\n", "a", "x", "3", "[a]\nx = 3\n#x = 1\n # x = 1\n");
	assert_edit("[a]\n  # x = 1\n\t# c\n\n # b\n", "a", "x", "3", "[a]\n  # x = 1\n\t# c\nx = 3\n\n # b\n");
	assert_edit("include = x\n[a]\nx = 1\n", "a", "x", "3", "include = x\n[a]\nx = 3\n");
}

static void test_several(MR_UNUSED void **state)
{
	const struct edit edits[] = {edit("x", "9"), edit("y", ""), edit("new", "n\nm"), edit("gone", ""), edit("z", "8")};
	char *result = edited("[a]\n# 1\nx = 1\n\n# 2\ny = 2\n# 3\n[b]\ny = 0\n[a]\nz = 3\ny = 4\n", "a", edits, 5);
	assert_string_equal(result, "[a]\n# 1\nx = 9\n\n# 2\nnew = n\n\tm\n# 3\n[b]\ny = 0\n[a]\nz = 8\n");
	free(result);
	result = edited("[b]\n", "a", edits, 5);
	assert_string_equal(result, "[b]\n\n[a]\nx = 9\nnew = n\n\tm\nz = 8\n");
	free(result);
	result = edited("[b]\r\nx", "b", NULL, 0);
	assert_string_equal(result, "[b]\r\nx");
	free(result);
}

static void assert_refused(const char *section, const char *name, const char *value, const char *message)
{
	struct edit one = edit(name, value);
	struct str out = STR_INIT;
	struct err err = ERR_INIT;
	assert_int_equal(edit_text(slice_of("[a]\nx = 1\n"), section, same_name, (char[]){"a"}, &one, 1, &out, &err), -1);
	if (!strstr(err_text(&err), message))
		fail_msg("%s", err_text(&err));
	assert_int_equal(out.len, 0);
	err_release(&err);
	str_release(&out);
}

static void test_refusals(MR_UNUSED void **state)
{
	assert_refused("a]b", "x", "1", "a]b");
	assert_refused("a\nb", "x", "1", "section name");
	assert_refused("a", "x-y", "1", "x-y");
	assert_refused("a", "", "1", "no name");
	assert_refused("a", "x y", "", "x y");
	assert_refused("a", "\xc3\xa4", "1", "no name");
	assert_refused("a", "x", "1\r\n2", "carriage return");
	assert_refused("a", "x", "1\r", "carriage return");
	assert_edit("[a]\n", "a", "x", "1\r2", "[a]\nx = 1\r2\n");
}

/* Long values and many lines. */
static void test_size(void **state)
{
	struct fixture *f = *state;
	struct str value = STR_INIT, text = STR_INIT;
	for (int i = 0; i < 20000; i++)
		str_addf(&value, "%sline %d ; # \"$x\"", i ? "\n" : "", i);
	for (int i = 0; i < 5000; i++)
		str_addf(&text, "[s%d]\nx = %d\n\n", i, i);
	struct edit one = {slice_of("x"), str_slice(&value)};
	char *result = edited(text.data, "s2500", &one, 1);
	fixture_load(f, result);
	assert_string_equal(value_of(f, "s2500", "x"), value.data);
	assert_string_equal(value_of(f, "s2499", "x"), "2499");
	assert_string_equal(value_of(f, "s2501", "x"), "2501");
	free(result);
	str_release(&value);
	str_release(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_change),     cmocka_unit_test(test_add),
	    cmocka_unit_test(test_remove),     cmocka_unit_test(test_duplicates),
	    cmocka_unit_test(test_line_ends),  cmocka_unit_test(test_values_of_many_lines),
	    cmocka_unit_test(test_several),    cmocka_unit_test(test_look_alikes),
	    cmocka_unit_test(test_refusals),   TEST(test_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
