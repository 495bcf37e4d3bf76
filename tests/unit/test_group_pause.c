/* The task group: jobs that pause between two steps. */
#include "group_fixture.h"

enum { FOR_EVER = 3600 * 1000 }; /* a test that waits so long has failed */

/* It goes on where it was, and what it says is shown in its place. */
static void test_goes_on(MR_UNUSED void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.pause = SHORT, .steps = {"echo before; exit 3", "echo behind"}},
	    {.steps = {"echo other"}},
	};
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(world.result, GROUP_FINISHED);
	assert_int_equal(tasks[0].event_count, 4);
	assert_event(&tasks[0], 1, EVENT_EXITED, 3);
	assert_event(&tasks[0], 2, EVENT_RESUMED, 0);
	assert_event(&tasks[0], 3, EVENT_EXITED, 0);
	assert_string_equal(world.shown.data, "1:before\nbehind\nother\n");
	assert_string_equal(world.log.data, "s0 e0 e0 e0 s1 e1"); /* there is one slot: one by one */
	world_release(&world, tasks, LENGTH(tasks));
}

/* What it has under its resource stays its own, and what stands behind it waits. */
static void test_keeps_its_resource(MR_UNUSED void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.resource = "disk", .pause = SHORT, .steps = {"true", "true"}},
	    {.resource = "disk", .steps = {"true"}},
	    {.after = 1, .steps = {"true"}},
	    {.order = 2, .steps = {"true"}},
	};
	world.opts.slots = 0;
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(strncmp(world.log.data, "s0 e0 e0 e0 s1 s2 ", 18), 0);
	assert_before(&world, "e1", "s3");
	assert_before(&world, "e2", "s3");
	world_release(&world, tasks, LENGTH(tasks));
}

static void abort_on_exit(MR_UNUSED struct task *task, struct job *job, const struct job_event *event)
{
	if (event->kind == EVENT_EXITED)
		group_abort(job_group(job));
}

static void stop_on_exit(MR_UNUSED struct task *task, MR_UNUSED struct job *job, const struct job_event *event)
{
	if (event->kind == EVENT_EXITED)
		raise(SIGTERM);
}

/* It takes no slot: the last job, which ends all, runs in the one that the pausing jobs have left. */
static void assert_ends(const char *dir, void (*on_event)(struct task *, struct job *, const struct job_event *), enum group_result result)
{
	enum { COUNT = 10 };
	struct world world = WORLD;
	struct task tasks[COUNT + 2] = {{.steps = {"read x <fifo0"}}};
	for (int i = 1; i <= COUNT; i++)
		tasks[i] = (struct task){.pause = FOR_EVER, .steps = {"echo before", "echo never"}};
	tasks[COUNT + 1] = (struct task){.on_event = on_event, .steps = {"true"}};
	make_fifos(dir, 1);
	world.opts.slots = 2;
	world.opts.grace = SHORT;
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(world.result, result);
	for (int i = 1; i <= COUNT; i++) {
		assert_int_equal(tasks[i].event_count, 2);
		assert_event(&tasks[i], 1, EVENT_EXITED, 0);
	}
	assert_null(strstr(str_cstr(&world.out), "never"));
	world_release(&world, tasks, LENGTH(tasks));
}

static void test_abort(void **state)
{
	assert_ends(*state, abort_on_exit, GROUP_ABORTED);
}

static void test_stop_signal(void **state)
{
	assert_ends(*state, stop_on_exit, GROUP_STOPPED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_GROUP(test_goes_on),
	    IN_GROUP(test_keeps_its_resource),
	    IN_GROUP(test_abort),
	    IN_GROUP(test_stop_signal), /* the last one: the process remembers the signal */
	};
	return cmocka_run_group_tests_name("group_pause", tests, NULL, NULL);
}
