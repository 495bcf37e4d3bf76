/* The task group when things go wrong: workers that crash or hang, children that cannot start or will not end, stops and failures;
 * and after each of these, nothing is left. */
#include "group_fixture.h"

/* The worker of these tests. It must not come back into the test runner, so its signals are at their defaults. */
static void serve(MR_UNUSED void *context, struct slice request, struct str *reply)
{
	static int served;
	signal(SIGABRT, SIG_DFL);
	if (slice_is(request, "crash"))
		abort();
	if (slice_is(request, "leave"))
		_exit(0);
	while (slice_is(request, "hang"))
		pause();
	if (slice_is(request, "big")) {
		for (int i = 0; i < 10000000; i++)
			str_addc(reply, (char)('a' + i % 26));
	} else if (slice_is(request, "count")) {
		str_addf(reply, "%d", ++served);
	} else if (!slice_is(request, "nothing")) {
		str_addf(reply, "answer to %.*s", (int)request.len, request.ptr);
	}
}

static struct world world_with_workers(unsigned workers)
{
	struct world world = WORLD;
	world.opts.slots = 4;
	world.opts.workers = workers;
	world.opts.serve = serve;
	return world;
}

static void test_answers(MR_UNUSED void **state)
{
	struct world world = world_with_workers(2);
	struct task tasks[] = {
	    {.request = "a", .steps = {"echo then"}}, {.request = "b"},       {.request = "c"}, {.request = "nothing"},
	    {.request = ""},                          {.steps = {"echo mid"}}, {.request = "e"},
	};
	world_run(&world, tasks, LENGTH(tasks));
	assert_event(&tasks[0], 1, EVENT_ANSWERED, 0);
	assert_string_equal(tasks[0].outputs[1].data, "answer to a");
	assert_event(&tasks[0], 2, EVENT_EXITED, 0);
	assert_string_equal(tasks[1].outputs[1].data, "answer to b");
	assert_string_equal(tasks[2].outputs[1].data, "answer to c");
	assert_event(&tasks[3], 1, EVENT_ANSWERED, 0);
	assert_int_equal(tasks[3].outputs[1].len, 0);
	assert_string_equal(tasks[4].outputs[1].data, "answer to ");
	assert_string_equal(tasks[6].outputs[1].data, "answer to e");
	assert_string_equal(world.shown.data, "1:then\nmid\n");
	world_release(&world, tasks, LENGTH(tasks));
}

static void test_one_worker_serves_many(MR_UNUSED void **state)
{
	enum { COUNT = 50 };
	struct world world = world_with_workers(1);
	struct task tasks[COUNT] = {0};
	for (int i = 0; i < COUNT; i++)
		tasks[i].request = "count";
	world_run(&world, tasks, COUNT);
	int sum = 0;
	for (int i = 0; i < COUNT; i++) {
		assert_event(&tasks[i], 1, EVENT_ANSWERED, 0);
		sum += atoi(tasks[i].outputs[1].data);
	}
	assert_int_equal(sum, COUNT * (COUNT + 1) / 2);
	world_release(&world, tasks, COUNT);
}

static void test_big_answer(MR_UNUSED void **state)
{
	struct world world = world_with_workers(1);
	struct task tasks[] = {{.request = "big"}, {.request = "a"}};
	world_run(&world, tasks, LENGTH(tasks));
	assert_event(&tasks[0], 1, EVENT_ANSWERED, 0);
	assert_int_equal(tasks[0].outputs[1].len, 10000000);
	for (int i = 0; i < 10000000; i += 9999)
		assert_int_equal(tasks[0].outputs[1].data[i], 'a' + i % 26);
	assert_string_equal(tasks[1].outputs[1].data, "answer to a");
	world_release(&world, tasks, LENGTH(tasks));
}

/* A crash costs one request; the next gets a new worker. */
static void test_crashes(MR_UNUSED void **state)
{
	struct world world = world_with_workers(1);
	struct task tasks[] = {
	    {.request = "crash", .steps = {"echo instead"}}, {.request = "a"},     {.request = "leave"},
	    {.request = "crash"},                            {.request = "count"},
	};
	world_run(&world, tasks, LENGTH(tasks));
	assert_event(&tasks[0], 1, EVENT_NO_ANSWER, 0);
	assert_non_null(strstr(tasks[0].outputs[1].data, "crashed"));
	assert_event(&tasks[0], 2, EVENT_EXITED, 0);
	assert_string_equal(tasks[1].outputs[1].data, "answer to a");
	assert_event(&tasks[2], 1, EVENT_NO_ANSWER, 0);
	assert_event(&tasks[3], 1, EVENT_NO_ANSWER, 0);
	assert_string_equal(tasks[4].outputs[1].data, "1");
	assert_string_equal(world.shown.data, "1:instead\n");
	world_release(&world, tasks, LENGTH(tasks));
}

static void test_hangs(MR_UNUSED void **state)
{
	struct world world = world_with_workers(1);
	struct task tasks[] = {{.request = "hang", .steps = {"echo instead"}}, {.request = "hang"}};
	world.opts.call_timeout = SHORT;
	world_run(&world, tasks, LENGTH(tasks));
	for (int i = 0; i < 2; i++) {
		assert_event(&tasks[i], 1, EVENT_NO_ANSWER, 0);
		assert_non_null(strstr(tasks[i].outputs[1].data, "too long"));
	}
	assert_string_equal(world.shown.data, "1:instead\n");
	world_release(&world, tasks, LENGTH(tasks));
}

/* Many short calls, whose answers are taken together: what goes wrong among them costs its own call only. */
static void test_many_calls(MR_UNUSED void **state)
{
	enum { COUNT = 2000 };
	struct world world = world_with_workers(2);
	struct task *tasks = mem_calloc(COUNT, sizeof *tasks);
	for (int i = 0; i < COUNT; i++)
		tasks[i].request = i == 700 || i == 701 ? "crash" : i == 1300 ? "hang" : i % 2 ? "a" : "b";
	world.opts.call_timeout = 60 * SHORT; /* a machine may be slow */
	world_run(&world, tasks, COUNT);
	for (int i = 0; i < COUNT; i++) {
		bool wrong = i == 700 || i == 701 || i == 1300;
		assert_event(&tasks[i], 1, wrong ? EVENT_NO_ANSWER : EVENT_ANSWERED, 0);
		if (!wrong)
			assert_string_equal(tasks[i].outputs[1].data, i % 2 ? "answer to a" : "answer to b");
	}
	world_release(&world, tasks, COUNT);
	free(tasks);
}

/* What a worker that hangs does not read must not hold up the deadline that ends it. */
static void test_large_requests(MR_UNUSED void **state)
{
	enum { COUNT = 30, SIZE = 50000 };
	struct world world = world_with_workers(1);
	struct task tasks[COUNT] = {0};
	char *large = mem_calloc(SIZE + 1, 1);
	memset(large, 'x', SIZE);
	for (int i = 0; i < COUNT; i++)
		tasks[i].request = i == 5 ? "hang" : large;
	world.opts.slots = COUNT;
	world.opts.call_timeout = 60 * SHORT; /* a machine may be slow */
	world_run(&world, tasks, COUNT);
	for (int i = 0; i < COUNT; i++)
		assert_event(&tasks[i], 1, i == 5 ? EVENT_NO_ANSWER : EVENT_ANSWERED, 0);
	assert_int_equal(tasks[29].outputs[1].len, SIZE + strlen("answer to "));
	world_release(&world, tasks, COUNT);
	free(large);
}

static void test_cannot_start(MR_UNUSED void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.file = "/nonexistent/sh", .steps = {"", "echo not reached"}},
	    {.cwd = "/nonexistent", .steps = {"true"}},
	    {.file = "plain", .steps = {"true"}},
	    {.steps = {"echo fine"}},
	};
	scratch_write(*state, "plain", "text");
	world.opts.slots = 2;
	world_run(&world, tasks, LENGTH(tasks));
	assert_event(&tasks[0], 1, EVENT_NOT_STARTED, ENOENT);
	assert_event(&tasks[0], 2, EVENT_NOT_STARTED, ENOENT);
	assert_event(&tasks[1], 1, EVENT_NOT_STARTED, ENOENT);
	assert_event(&tasks[2], 1, EVENT_NOT_STARTED, EACCES);
	assert_string_equal(world.shown.data, "1:fine\n");
	world_release(&world, tasks, LENGTH(tasks));
}

/* With descriptors for one or two jobs only, the others wait. */
static void test_few_descriptors(MR_UNUSED void **state)
{
	enum { COUNT = 20 };
	struct world world = WORLD;
	struct task tasks[COUNT] = {0};
	for (int i = 0; i < COUNT; i++)
		tasks[i].steps[0] = "echo x";
	world.opts.slots = COUNT;
	world.spare_files = 9;
	world_run(&world, tasks, COUNT);
	for (int i = 0; i < COUNT; i++)
		assert_event(&tasks[i], 1, EVENT_EXITED, 0);
	assert_int_equal(world.shown.len, 2 + 2 * COUNT);
	world_release(&world, tasks, COUNT);
}

#define DEAF "trap '' TERM INT HUP; "

/* TERM ends the first, only KILL the second; what comes after them runs. */
static void test_timeouts(void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.timeout = SHORT, .steps = {"echo before; read x <fifo0"}},
	    {.timeout = SHORT, .steps = {DEAF "while :; do read x <fifo0; done"}},
	    {.steps = {"echo after"}},
	};
	make_fifos(*state, 1);
	world.opts.grace = SHORT;
	world_run(&world, tasks, LENGTH(tasks));
	assert_event(&tasks[0], 1, EVENT_TIMEOUT, 0);
	assert_event(&tasks[1], 1, EVENT_TIMEOUT, 0);
	assert_string_equal(world.shown.data, "1:before\nafter\n");
	world_release(&world, tasks, LENGTH(tasks));
}

/* A child of the child holds the pipe open: the job is over all the same, and the holder is ended with the run. */
static void test_left_behind(void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.steps = {"{ read x <fifo0; } & echo done"}},
	    {.steps = {DEAF "{ while :; do read x <fifo0; done; } & echo done"}},
	    {.steps = {"exec >&- 2>&-; echo >fifo1"}},
	    {.steps = {"read x <fifo1; exit 4"}},
	};
	make_fifos(*state, 2);
	world.opts.slots = 4;
	world.opts.grace = SHORT;
	world_run(&world, tasks, LENGTH(tasks));
	assert_event(&tasks[0], 1, EVENT_EXITED, 0);
	assert_event(&tasks[1], 1, EVENT_EXITED, 0);
	assert_event(&tasks[3], 1, EVENT_EXITED, 4);
	assert_int_equal(world.result, GROUP_FINISHED);
	assert_string_equal(world.shown.data, "1:done\ndone\n");
	world_release(&world, tasks, LENGTH(tasks));
}

static void abort_on_exit(MR_UNUSED struct task *task, struct job *job, const struct job_event *event)
{
	if (event->kind == EVENT_EXITED) {
		job_say(job, STREAM_ERR, "that is all\n", 12);
		group_abort(job_group(job));
	}
}

/* The others end, what they said is shown, and nothing more starts. */
static void test_abort(void **state)
{
	struct world world = world_with_workers(1);
	struct task tasks[] = {
	    {.steps = {"echo zero; : >fifo1; read x <fifo0"}},
	    {.steps = {DEAF "echo deaf; : >fifo2; while :; do read x <fifo0; done"}},
	    {.request = "hang"},
	    {.on_event = abort_on_exit, .steps = {"read x <fifo1; read x <fifo2; echo enough", "echo not reached"}},
	    {.steps = {"echo not reached"}},
	};
	make_fifos(*state, 3);
	world.opts.grace = SHORT;
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(world.result, GROUP_ABORTED);
	assert_string_equal(world.shown.data, "1:zero\ndeaf\nenough\n2:that is all\n");
	assert_int_equal(tasks[0].event_count, 1);
	assert_int_equal(tasks[3].event_count, 2);
	assert_int_equal(tasks[4].event_count, 0);
	world_release(&world, tasks, LENGTH(tasks));
}

/* Nobody reads any more. */
static void test_write_failure(void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.steps = {"echo zero; echo more"}},
	    {.steps = {"while :; do echo for ever; done"}},
	    {.steps = {DEAF "while :; do read x <fifo0; done"}},
	};
	make_fifos(*state, 1);
	world.opts.slots = 3;
	world.opts.grace = SHORT;
	world.write_size = 5;
	world.fail_after = 5;
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(world.result, GROUP_WRITE_FAILED);
	assert_int_equal(world.write_errno, EPIPE);
	assert_string_equal(world.shown.data, "1:zero\n");
	world_release(&world, tasks, LENGTH(tasks));
}

/* Without signals_open() there is no run, and a message says so. */
static void test_no_signals(MR_UNUSED void **state)
{
	struct err err = ERR_INIT;
	enum group_result result;
	struct group_opts opts = {.ops = &task_ops, .slots = 1};
	signals_close();
	struct group *group = group_new(&opts);
	assert_int_equal(group_run(group, &result, &err), -1);
	assert_true(err_is_set(&err));
	group_free(group);
	group_free(NULL);
	err_release(&err);
	assert_int_equal(signals_open(&err), 0);
}

static void stop_on_exit(MR_UNUSED struct task *task, MR_UNUSED struct job *job, const struct job_event *event)
{
	if (event->kind == EVENT_EXITED)
		raise(SIGTERM);
}

/* A signal ends the run: what was begun and not shown is not shown, and also what left its group is killed. */
static void test_stop_signal(void **state)
{
	struct world world = world_with_workers(1);
	struct task tasks[] = {
	    {.on_event = stop_on_exit, .steps = {"read x <fifo1; read x <fifo2; echo zero", "while :; do read x <fifo0; done"}},
	    {.steps = {DEAF "echo one; : >fifo1; while :; do read x <fifo0; done"}},
	    {.steps = {"setsid sh -c 'trap \"\" TERM; : >fifo2; while :; do read x <fifo0; done' & read x <fifo0"}},
	    {.request = "hang"},
	    {.steps = {"echo not reached"}},
	};
	make_fifos(*state, 3);
	world.opts.grace = SHORT;
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(world.result, GROUP_STOPPED);
	assert_int_equal(signals_stop(), SIGTERM);
	assert_string_equal(world.shown.data, "1:zero\n");
	assert_int_equal(tasks[4].event_count, 0);
	world_release(&world, tasks, LENGTH(tasks));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_GROUP(test_answers),         IN_GROUP(test_one_worker_serves_many),
	    IN_GROUP(test_big_answer),      IN_GROUP(test_crashes),
	    IN_GROUP(test_hangs),           IN_GROUP(test_many_calls),
	    IN_GROUP(test_large_requests),  IN_GROUP(test_cannot_start),
	    IN_GROUP(test_few_descriptors), IN_GROUP(test_timeouts),
	    IN_GROUP(test_left_behind),     IN_GROUP(test_abort),
	    IN_GROUP(test_write_failure),   IN_GROUP(test_no_signals),
	    IN_GROUP(test_stop_signal), /* the last one: the process remembers the signal */
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
