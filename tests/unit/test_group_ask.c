/* The task group and its service: many questions at a time, answers in any order, and a service that crashes, hangs or
 * is ended. */
#include "group_fixture.h"

#include "base/frame.h"

/* Answers what it can; false when it is to end. "wait" is never answered, "together" when so many of them have come as
 * the context says, the last one first. */
static bool serve_one(uint64_t id, struct slice question, size_t together, struct str *out)
{
	static uint64_t waiting[64];
	static size_t count;
	if (slice_is(question, "crash"))
		abort();
	while (slice_is(question, "hang"))
		pause();
	if (slice_is(question, "leave"))
		return false;
	if (slice_is(question, "child") && fork() == 0) {
		for (;;)
			pause();
	}
	if (slice_is(question, "wait"))
		return true;
	if (slice_is(question, "together"))
		waiting[count++] = id;
	else
		frame_add(out, id, question);
	while (count && (count == together || together == 0)) {
		char *text = mem_format("%d", (int)waiting[--count]);
		frame_add(out, waiting[count], slice_of(text));
		free(text);
		together = 0;
	}
	return true;
}

static void service(void *context, int fd)
{
	struct str in = STR_INIT, out = STR_INIT;
	const size_t *together = context;
	uint64_t id;
	struct slice question;
	bool goes_on = true;
	signal(SIGABRT, SIG_DFL);
	while (goes_on) {
		char *room = str_room(&in, 65536);
		ssize_t got = read(fd, room, 65536);
		if (got <= 0)
			break;
		str_commit(&in, (size_t)got);
		struct slice rest = str_slice(&in);
		while (goes_on && frame_take(&rest, &id, &question) == FRAME_WHOLE) {
			goes_on = serve_one(id, question, *together, &out);
			goes_on = goes_on && !file_write_fd(fd, str_cstr(&out), out.len);
			str_clear(&out);
		}
		str_consume(&in, in.len - rest.len);
	}
	str_release(&in);
	str_release(&out);
}

static struct world world_with_service(unsigned slots, size_t *together)
{
	struct world world = WORLD;
	world.opts.slots = slots;
	world.opts.service = service;
	world.opts.service_context = together;
	return world;
}

static void assert_answer(const struct task *task, const char *answer)
{
	assert_event(task, 1, EVENT_ANSWERED, 0);
	assert_string_equal(str_cstr(&task->outputs[1]), answer);
}

static void assert_no_answer(const struct task *task, const char *why)
{
	assert_event(task, 1, EVENT_NO_ANSWER, 0);
	if (!strstr(str_cstr(&task->outputs[1]), why))
		fail_msg("%s: should say that it %s", str_cstr(&task->outputs[1]), why);
}

/* Far more questions than slots are under way; each gets its own answer; and what follows keeps to the slots. */
static void test_together(MR_UNUSED void **state)
{
	enum { COUNT = 40 };
	size_t together = COUNT;
	struct world world = world_with_service(2, &together);
	struct task tasks[COUNT] = {0};
	for (int i = 0; i < COUNT; i++) {
		tasks[i].question = "together";
		tasks[i].steps[0] = ": >run.$$; set -- run.*; echo $# >>most; rm run.$$; echo x";
	}
	world_run(&world, tasks, COUNT);
	for (int i = 0; i < COUNT; i++) {
		char *number = mem_format("%d", i + 1);
		assert_answer(&tasks[i], number);
		assert_event(&tasks[i], 2, EVENT_EXITED, 0);
		free(number);
	}
	struct str most = STR_INIT;
	assert_int_equal(run_shell(NULL, "sort -n most | tail -n 1", &most), 0);
	assert_true(atoi(str_cstr(&most)) <= 2);
	str_release(&most);
	world_release(&world, tasks, COUNT);
}

/* One slot: one by one. */
static void test_one_slot(MR_UNUSED void **state)
{
	size_t together = 1;
	struct world world = world_with_service(1, &together);
	struct task tasks[] = {
	    {.question = "a", .steps = {"echo a"}}, {.question = "b", .steps = {"echo b"}}, {.question = ""}};
	world_run(&world, tasks, LENGTH(tasks));
	assert_answer(&tasks[0], "a");
	assert_answer(&tasks[1], "b");
	assert_answer(&tasks[2], "");
	assert_string_equal(str_cstr(&world.log), "s0 e0 e0 s1 e1 e1 s2 e2");
	world_release(&world, tasks, LENGTH(tasks));
}

static void test_big(MR_UNUSED void **state)
{
	size_t together = 1;
	struct world world = world_with_service(4, &together);
	struct str big = STR_INIT;
	for (int i = 0; i < 8000000; i++)
		str_addc(&big, (char)('a' + i % 26));
	struct task tasks[] = {{.question = big.data}, {.question = "small"}, {.question = big.data}};
	world_run(&world, tasks, LENGTH(tasks));
	assert_true(slice_equal(str_slice(&tasks[0].outputs[1]), str_slice(&big)));
	assert_answer(&tasks[1], "small");
	assert_true(slice_equal(str_slice(&tasks[2].outputs[1]), str_slice(&big)));
	str_release(&big);
	world_release(&world, tasks, LENGTH(tasks));
}

/* Whatever is open gets no answer; the next question finds a new service, but not for ever. */
static void test_crashes(MR_UNUSED void **state)
{
	size_t together = 1;
	struct world world = world_with_service(8, &together);
	struct task tasks[] = {
	    {.question = "wait", .steps = {"echo instead"}},
	    {.question = "crash"},
	    {.question = "a", .order = 2},
	    {.question = "leave", .order = 3},
	    {.question = "crash", .order = 4},
	    {.question = "b", .order = 5, .steps = {"echo b"}},
	};
	world_run(&world, tasks, LENGTH(tasks));
	assert_no_answer(&tasks[0], "crashed");
	assert_no_answer(&tasks[1], "crashed");
	assert_answer(&tasks[2], "a");
	assert_no_answer(&tasks[3], "crashed");
	assert_no_answer(&tasks[4], "crashed");
	assert_no_answer(&tasks[5], "not there");
	assert_string_equal(str_cstr(&world.shown), "1:instead\nb\n");
	world_release(&world, tasks, LENGTH(tasks));
}

/* One question is too much for it, or all are; its children go with it. */
static void test_hangs(MR_UNUSED void **state)
{
	size_t together = 1;
	struct world world = world_with_service(8, &together);
	struct task tasks[] = {
	    {.question = "child"},
	    {.question = "wait"},
	    {.question = "a"},
	    {.question = "hang", .order = 2},
	    {.question = "b", .order = 2},
	    {.question = "c", .order = 3},
	};
	world.opts.ask_timeout = 4 * SHORT;
	world_run(&world, tasks, LENGTH(tasks));
	assert_answer(&tasks[0], "child");
	assert_no_answer(&tasks[1], "too long");
	assert_answer(&tasks[2], "a");
	assert_no_answer(&tasks[3], "too long");
	assert_no_answer(&tasks[4], "too long");
	assert_answer(&tasks[5], "c");
	world_release(&world, tasks, LENGTH(tasks));
}

static void abort_on_exit(MR_UNUSED struct task *task, struct job *job, const struct job_event *event)
{
	if (event->kind == EVENT_EXITED)
		group_abort(job_group(job));
}

static void test_abort(MR_UNUSED void **state)
{
	size_t together = 1;
	struct world world = world_with_service(8, &together);
	struct task tasks[] = {
	    {.question = "wait"},
	    {.question = "child", .on_event = abort_on_exit, .steps = {"echo enough"}},
	    {.question = "wait"},
	};
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(world.result, GROUP_ABORTED);
	assert_int_equal(tasks[0].event_count, 1);
	world_release(&world, tasks, LENGTH(tasks));
}

static void stop_on_exit(MR_UNUSED struct task *task, MR_UNUSED struct job *job, const struct job_event *event)
{
	if (event->kind == EVENT_EXITED)
		raise(SIGTERM);
}

/* Also a service that does not listen any more is gone after the grace, with its child. */
static void test_stop_signal(MR_UNUSED void **state)
{
	size_t together = 1;
	struct world world = world_with_service(8, &together);
	struct task tasks[] = {
	    {.question = "child", .on_event = stop_on_exit, .steps = {"echo zero"}},
	    {.question = "wait"},
	    {.question = "hang"},
	};
	world.opts.grace = SHORT;
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(world.result, GROUP_STOPPED);
	assert_int_equal(tasks[1].event_count, 1);
	world_release(&world, tasks, LENGTH(tasks));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_GROUP(test_together), IN_GROUP(test_one_slot), IN_GROUP(test_big),	  IN_GROUP(test_crashes),
	    IN_GROUP(test_hangs),    IN_GROUP(test_abort),    IN_GROUP(test_stop_signal), /* the last one: the process
											     remembers the signal */
	};
	return cmocka_run_group_tests_name("group_ask", tests, NULL, NULL);
}
