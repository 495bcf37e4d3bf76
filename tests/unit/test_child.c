/* A child of the network service. */
#include "fixture.h"

#include "fetch/child.h"
#include "fetch/loop.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void never(MR_UNUSED void *context, MR_UNUSED const struct child_end *end)
{
	fail_msg("it has not ended");
}

/* What stands in the pipe counts, although the loop has had no turn since it was written. */
static void test_errors(void **state)
{
	char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, (char[]){"printf words >&2; echo >there; read x <for_ever"}, NULL};
	char byte;
	assert_int_equal(chdir(*state), 0);
	assert_int_equal(mkfifo("there", 0600) || mkfifo("for_ever", 0600), 0);
	struct loop *loop = loop_new();
	struct child *child = child_start(loop, &(struct child_spec){.argv = argv, .timeout = CLOCK_NEVER}, never, NULL);
	assert_non_null(child);
	int fd = open("there", O_RDONLY);
	assert_int_equal(read(fd, &byte, 1), 1);
	close(fd);
	assert_true(slice_is(child_errors(child), "words"));
	assert_true(slice_is(child_errors(child), "words"));
	child_abandon(child);
	loop_free(loop);
	assert_int_equal(chdir("/"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_errors, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests_name("child", tests, NULL, NULL);
}
