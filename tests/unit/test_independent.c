/* Which tests of `skip` and `deleted` may run beside other repositories. */
#include "fixture.h"

#include "action/independent.h"

static const char *const independent[] = {
    "lazy",
    "! lazy",
    "[ \"$1\" = update ] && ! hours_since \"$1\" 12",
    "lazy || { [ \"$1\" = update ] && ! hours_since \"$1\" 12; }",
    "\n[ \"$1\" = a ] ||\n[ \"$1\" = b ]",
    "[ \"$(hostname -s)\" != other ]",
    "[ -d \"$MR_REPO/x\" ]",
    "! [ -e ${MR_REPO}/x ]",
    "[ \"${MR_REPO##*/}\" = x ]",
    "if [ \"$1\" = update ]; then lazy; else false; fi",
    "! command -v hg >/dev/null",
    "! test -x \"$MR_REPO/$(which hg)\"",
};

/* Only where something is brought. */
static const char *const looking[] = {
    "[ ! -d \"$HOME/a\" ]",
    "[ \"$(hostname)\" = x -a -d /y ]",
    "[ -d $MR_REPO/../x ]",
    "[ x -nt y ]",
};

static const char *const dependent[] = {
    "read answer",
    "printf x; read answer; [ \"$answer\" = y ]",
    "[ \"$1\" = x ] && read answer",
    "( read answer )",
    "! read answer",
    "own_function \"$1\"",
    "[ \"$(cat ~/x)\" = y ]",
    "test <x",
    "command read answer",
};

static void test_independent(MR_UNUSED void **state)
{
	for (size_t i = 0; i < sizeof independent / sizeof *independent; i++)
		if (!independent_test(slice_of(independent[i]), true))
			fail_msg("not independent: %s", independent[i]);
}

static void test_dependent(MR_UNUSED void **state)
{
	for (size_t i = 0; i < sizeof dependent / sizeof *dependent; i++)
		if (independent_test(slice_of(dependent[i]), false))
			fail_msg("independent: %s", dependent[i]);
	for (size_t i = 0; i < sizeof looking / sizeof *looking; i++)
		if (independent_test(slice_of(looking[i]), true) || !independent_test(slice_of(looking[i]), false))
			fail_msg("%s", looking[i]);
	assert_false(independent_test(slice_make("[ x\0y ]", 7), false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_independent),
	    cmocka_unit_test(test_dependent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
