/* Which sections are selected, in which order, and which repository lies in which. */
#include "registry_fixture.h"

#include "registry/select.h"

/* Selects with the fixture's registry as from a directory below home ("" is home itself). */
static void select_from(struct fixture *f, struct selection *out, const char *directory, const char *logical, long max_depth)
{
	char *joined = path_join(f->home, directory), *path = path_normalise(joined);
	struct select_opts opts = {.directory = path, .logical = logical, .home = f->home, .max_depth = max_depth};
	select_repos(out, f->registry, &opts, 0);
	free(joined);
	free(path);
}

/* The paths one after the other, "<N" behind those with a parent, "leaf:" before a leaf. For free(). */
static char *describe(const struct fixture *f, const struct selection *selection)
{
	struct str text = STR_INIT;
	str_adds(&text, selection->leaf ? "leaf:" : "");
	for (size_t i = 0; i < selection->count; i++) {
		str_addf(&text, "%s%s", i ? " " : "", selection->list[i].path);
		if (selection->list[i].parent >= 0)
			str_addf(&text, "<%ld", selection->list[i].parent);
	}
	char *described = fixture_tilde(f, str_cstr(&text));
	str_release(&text);
	return described;
}

static void assert_selection(const struct fixture *f, struct selection *selection, const char *expected)
{
	char *text = describe(f, selection);
	assert_string_equal(text, expected);
	free(text);
	selection_release(selection);
	assert_int_equal(selection->count, 0);
}

static void assert_selects(struct fixture *f, const char *directory, long max_depth, const char *expected)
{
	struct selection selection;
	select_from(f, &selection, directory, NULL, max_depth);
	assert_selection(f, &selection, expected);
}

static void test_below_and_above(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[b]\n[a/x]\n[a/y/z]\n[ab]\n[/srv/mr-test]\n[c/]\n[d//e/./f]\n");
	assert_selects(f, "", -1, "~/a/x ~/a/y/z ~/ab ~/b ~/c ~/d/e/f");
	assert_selects(f, "a", -1, "~/a/x ~/a/y/z");
	assert_selects(f, "a/x", -1, "~/a/x");
	assert_selects(f, "a/x/deep/er", -1, "leaf:~/a/x");
	assert_selects(f, "c", -1, "~/c");
	assert_selects(f, "d/e", -1, "~/d/e/f");
	assert_selects(f, "a/xx", -1, "");
	assert_selects(f, "/srv", -1, "/srv/mr-test");
	assert_selects(f, "/srv/mr-test/in", -1, "leaf:/srv/mr-test");
	assert_selects(f, "/usr", -1, "");
}

static void test_nothing_registered(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[DEFAULT]\na = b\n");
	assert_selects(f, "", -1, "");
	assert_selects(f, "/", -1, "");
}

static void test_dot(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[.]\n[sub]\n");
	assert_selects(f, "", -1, "~ ~/sub<0");
	assert_selects(f, "other", -1, "leaf:~");
	assert_selects(f, "sub", -1, "~/sub");
	assert_selects(f, "", 0, "~");
}

static void test_dot_dot(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "cfg/.mrconfig", "[../beside]\n[in]\n");
	f->config = "cfg/.mrconfig";
	f->trust_all = true;
	assert_int_equal(fixture_try(f), 0);
	assert_selects(f, "", -1, "~/beside ~/cfg/in");
	assert_selects(f, "cfg", -1, "~/cfg/in");
	assert_selects(f, "beside/x", -1, "leaf:~/beside");
}

static void test_root(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[/]\n[/srv]\n");
	assert_selects(f, "/", -1, "/ /srv<0");
	assert_selects(f, "/", 0, "/");
	assert_selects(f, "/", 1, "/");
	assert_selects(f, "/", 2, "/ /srv<0");
	assert_selects(f, "", -1, "leaf:/");
}

static void test_depth(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[a]\n[a/b]\n[a/b/c]\n[d/e/]\n");
	assert_selects(f, "", 0, "");
	assert_selects(f, "", 1, "~/a");
	assert_selects(f, "", 2, "~/a ~/a/b<0 ~/d/e");
	assert_selects(f, "", 3, "~/a ~/a/b<0 ~/a/b/c<1 ~/d/e");
	assert_selects(f, "a", 0, "~/a");
	assert_selects(f, "a", 1, "~/a ~/a/b<0");
	assert_selects(f, "a/b/c/x", 0, "leaf:~/a/b/c");
}

/* By order as a number, then by the directory of the configuration, then by name, all as bytes. */
static void test_sorting(void **state)
{
	struct fixture *f = *state;
	fixture_write(f, "k/.mrconfig", "[a]\n[Z]\norder = 5\n");
	fixture_load(f, "[z]\n[B]\n[a]\n[a-b]\n[a/b]\n[nine]\norder = 9\n[ten]\norder = 10.0\n[low]\norder = -1\n"
			"[half]\norder = 9.5\n[k]\nchain = true\n");
	if (!fixture_section(f, "Z")) { /* chained files need trust */
		f->trust_all = true;
		assert_int_equal(fixture_try(f), 0);
	}
	assert_selects(f, "", -1,
		       "~/low ~/k/Z ~/nine ~/half ~/B ~/a ~/a-b ~/a/b<5 ~/k ~/ten ~/z ~/k/a<8");
}

static void test_parents(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[a]\n[a/b/c]\n[a/b/c/d]\n[a-b]\n[a.b]\n[a/b]\norder = 20\n[ab]\n[x/y]\n[x]\norder = 20\n[x/y/z]\n");
	/* What is processed later cannot be waited for: a/b for a/b/c, x for x/y. */
	assert_selects(f, "", -1,
		       "~/a ~/a-b ~/a.b ~/a/b/c<0 ~/a/b/c/d<3 ~/ab ~/x/y ~/x/y/z<6 ~/a/b<0 ~/x");
	assert_selects(f, "a/b", -1, "~/a/b/c ~/a/b/c/d<0 ~/a/b");
}

/* Two sections for one directory: the second waits for the first. */
static void test_same_directory(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[a]\n[./a]\n[a/b]\n");
	assert_selects(f, "", -1, "~/a ~/a<0 ~/a/b<1");
}

static void test_leaf_is_the_last_around(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[a]\n[a/b]\n[a/b/c]\n");
	assert_selects(f, "a/b/x", -1, "leaf:~/a/b");
	assert_selects(f, "a/x", -1, "leaf:~/a");
	fixture_load(f, "[a]\norder = 20\n[a/b]\n");
	assert_selects(f, "a/b/x", -1, "leaf:~/a");
}

static void test_home_is_a_link(void **state)
{
	struct fixture *f = *state;
	char *physical = f->home, *real = path_join(physical, "real"), *link = path_join(physical, "link");
	char *inside = path_join(real, "a/x");
	fixture_write(f, "real/.mrconfig", "[a]\n[$HOME/b]\n[/elsewhere]\n");
	assert_int_equal(symlink("real", link), 0);
	f->home = link;
	setenv("HOME", link, 1);
	int failed = fixture_try(f);
	struct selection all, one;
	struct select_opts opts = {.directory = real, .logical = link, .home = link, .max_depth = -1};
	select_repos(&all, f->registry, &opts, 0);
	opts = (struct select_opts){.directory = inside, .home = link, .max_depth = -1};
	select_repos(&one, f->registry, &opts, 0);
	f->home = physical;
	assert_int_equal(failed, 0);
	assert_selection(f, &all, "~/real/b ~/real/a"); /* the name of b is absolute */
	assert_selection(f, &one, "leaf:~/real/a");
	free(inside);
	free(real);
	free(link);
}

/* No name fits the physical directory: then links count. */
static void test_linked_repositories(void **state)
{
	struct fixture *f = *state;
	char *link = path_join(f->home, "work"), *disk = path_join(f->home, "disk/repo/sub");
	char *logical = path_join(f->home, "work/sub");
	fixture_load(f, "[work]\n[other]\n[missing/dir]\n");
	assert_int_equal(path_make_dirs(disk), 0);
	assert_int_equal(symlink("disk/repo", link), 0);
	assert_selects(f, "", -1, "~/missing/dir ~/other ~/work");
	assert_selects(f, "disk", -1, "~/disk/repo");
	assert_selects(f, "disk/repo", -1, "~/disk/repo");
	assert_selects(f, "disk/repo/sub", -1, "leaf:~/disk/repo");
	struct selection selection;
	select_from(f, &selection, "disk/repo/sub", logical, -1);
	assert_selection(f, &selection, "leaf:~/work");
	free(logical);
	free(disk);
	free(link);
}

/* The user's own name of the directory fits where the physical one does not. */
static void test_logical_directory(void **state)
{
	struct fixture *f = *state;
	char *logical = path_join(f->home, "projects");
	fixture_load(f, "[projects/a]\n[projects/b]\n[c]\n");
	struct selection selection;
	select_from(f, &selection, "disk", logical, -1);
	assert_selection(f, &selection, "~/projects/a ~/projects/b");
	select_from(f, &selection, "disk", logical, 0);
	assert_selection(f, &selection, "");
	free(logical);
}

static void test_many_components(void **state)
{
	enum { COMPONENTS = 3000 };
	struct fixture *f = *state;
	struct str text = STR_INIT;
	str_adds(&text, "[x");
	for (int i = 1; i < COMPONENTS; i++)
		str_adds(&text, "/x");
	size_t length = text.len - 1;
	str_adds(&text, "]\n[x]\n");
	fixture_load(f, str_cstr(&text));
	struct selection selection;
	select_from(f, &selection, "", NULL, COMPONENTS);
	assert_int_equal(selection.count, 2);
	assert_int_equal(strlen(selection.list[1].path), strlen(f->home) + 1 + length);
	assert_int_equal(selection.list[1].parent, 0);
	selection_release(&selection);
	assert_selects(f, "", COMPONENTS - 1, "~/x");
	/* Not there, and too long to be: no link leads to it. */
	assert_selects(f, "y", -1, "");
	str_release(&text);
}

/* 2,000 repositories one in the other, and their parents. */
static void test_deep_nesting(void **state)
{
	enum { DEPTH = 2000 };
	struct fixture *f = *state;
	struct str text = STR_INIT, name = STR_INIT;
	for (int i = 0; i < DEPTH; i++) {
		str_addf(&name, "%sn", i ? "/" : "");
		str_addf(&text, "[%s]\n", name.data);
	}
	fixture_load(f, text.data);
	struct selection selection;
	select_from(f, &selection, "", NULL, -1);
	assert_int_equal(selection.count, DEPTH);
	for (int i = 0; i < DEPTH; i++)
		assert_int_equal(selection.list[i].parent, i - 1);
	selection_release(&selection);
	str_release(&text);
	str_release(&name);
}

static void test_from_a_later_section_on(void **state)
{
	struct fixture *f = *state;
	fixture_load(f, "[a]\n[b]\n[c]\n");
	struct select_opts opts = {.directory = f->home, .home = f->home, .max_depth = -1};
	struct selection selection;
	select_repos(&selection, f->registry, &opts, 1);
	assert_selection(f, &selection, "~/b ~/c");
	select_repos(&selection, f->registry, &opts, 3);
	assert_selection(f, &selection, "");
	select_repos(&selection, f->registry, &opts, 0);
	selection_truncate(&selection, 5);
	assert_int_equal(selection.count, 3);
	selection_truncate(&selection, 1);
	assert_selection(f, &selection, "~/a");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_below_and_above),   TEST(test_nothing_registered),
	    TEST(test_dot),               TEST(test_dot_dot),
	    TEST(test_root),              TEST(test_depth),
	    TEST(test_sorting),           TEST(test_parents),
	    TEST(test_same_directory),    TEST(test_leaf_is_the_last_around),
	    TEST(test_home_is_a_link),    TEST(test_linked_repositories),
	    TEST(test_logical_directory), TEST(test_many_components),
	    TEST(test_deep_nesting),      TEST(test_from_a_later_section_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
