/* The task group: how many at a time, in which order, and what is shown of it. */
#include "group_fixture.h"

/* Each of them waits for the one after it, the last lets them go: they end only if all run at once. */
static void need_all_at_once(struct task *tasks, char *texts[], int count)
{
	for (int i = 0; i < count; i++) {
		texts[i] = i + 1 < count ? mem_format("read x <fifo%d; echo >fifo%d; echo %d", i, i + 1, i)
					 : mem_format("echo >fifo0; read x <fifo%d; echo %d", i, i);
		tasks[i].steps[0] = texts[i];
	}
}

static void assert_all_at_once(const char *dir, unsigned slots, int count)
{
	struct world world = WORLD;
	struct task *tasks = mem_calloc((size_t)count, sizeof *tasks);
	char **texts = mem_calloc((size_t)count, sizeof *texts);
	struct str expected = STR_INIT;
	world.opts.slots = slots;
	make_fifos(dir, count);
	need_all_at_once(tasks, texts, count);
	world_run(&world, tasks, (size_t)count);
	str_adds(&expected, "1:");
	for (int i = 0; i < count; i++) {
		assert_event(&tasks[i], 1, EVENT_EXITED, 0);
		str_addf(&expected, "%d\n", i);
		free(texts[i]);
	}
	assert_int_equal(world.result, GROUP_FINISHED);
	assert_int_equal(world.most_running, count);
	assert_string_equal(world.shown.data, expected.data);
	str_release(&expected);
	world_release(&world, tasks, (size_t)count);
	free(tasks);
	free(texts);
}

static void test_slots_are_used(void **state)
{
	assert_all_at_once(*state, 4, 4);
}

static void test_as_many_as_there_are(void **state)
{
	assert_all_at_once(*state, 0, 25);
}

/* Every child says on a pipe when it begins and ends: never more than there are slots. */
static void test_slots_are_respected(MR_UNUSED void **state)
{
	enum { COUNT = 30, SLOTS = 3 };
	struct world world = WORLD;
	struct task tasks[COUNT] = {0};
	int ends[2], running = 0, most = 0;
	assert_int_equal(platform_pipe(ends), 0);
	world.opts.slots = SLOTS;
	for (int i = 0; i < COUNT; i++)
		tasks[i] = (struct task){.steps = {"printf + >&9; printf - >&9", "printf + >&9; printf - >&9"}, .pass_fd = ends[1]};
	world_run(&world, tasks, COUNT);
	close(ends[1]);
	struct str said = STR_INIT;
	assert_int_equal(file_read_fd(ends[0], &said), 0);
	close(ends[0]);
	assert_int_equal(said.len, COUNT * 4);
	for (size_t i = 0; i < said.len; i++) {
		running += said.data[i] == '+' ? 1 : -1;
		most = running > most ? running : most;
	}
	assert_in_range(most, 1, SLOTS);
	assert_int_equal(world.most_running, SLOTS);
	str_release(&said);
	world_release(&world, tasks, COUNT);
}

/* The first ends after the first steps of the others and is shown first. */
static void test_shown_in_order(void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.steps = {"read x <fifo0; read x <fifo1; echo zero; echo oops >&2"}, .says = "title 0\n"},
	    {.steps = {"echo one", "echo >fifo0"}, .says = "title 1\n"},
	    {.steps = {"echo two", "echo >fifo1; echo more"}, .says = "title 2\n"},
	};
	make_fifos(*state, 2);
	world.opts.slots = 3;
	world_run(&world, tasks, LENGTH(tasks));
	assert_string_equal(world.shown.data, "1:title 0\nzero\n2:oops\n1:title 1\none\ntitle 2\ntwo\nmore\n");
	assert_before(&world, "e1", "e0");
	assert_before(&world, "e2", "e0");
	world_release(&world, tasks, LENGTH(tasks));
}

/* Job 1 of order 1 waits for nobody; those of order 2 start when all of order 1 have ended. */
static void test_order_is_a_barrier(void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.order = 1, .steps = {"read x <fifo0"}}, {.order = 1, .steps = {"echo >fifo0"}},
	    {.order = 2, .steps = {"read x <fifo1"}}, {.order = 2, .steps = {"echo >fifo1"}},
	    {.order = 2.5, .steps = {"true"}},
	};
	make_fifos(*state, 2);
	world.opts.slots = 0;
	world_run(&world, tasks, LENGTH(tasks));
	static const char *const pairs[][2] = {{"e0", "s2"}, {"e1", "s2"}, {"e0", "s3"}, {"e1", "s3"}, {"e2", "s4"}, {"e3", "s4"}};
	for (size_t i = 0; i < LENGTH(pairs); i++)
		assert_before(&world, pairs[i][0], pairs[i][1]);
	world_release(&world, tasks, LENGTH(tasks));
}

/* What is inside another waits for it, and others overtake it meanwhile. */
static void test_after(void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.steps = {"read x <fifo0; echo outer"}},
	    {.after = 1, .steps = {"echo inner"}},
	    {.after = 2, .steps = {"echo innermost"}},
	    {.steps = {"echo >fifo0; echo beside"}},
	};
	make_fifos(*state, 1);
	world.opts.slots = 2;
	world_run(&world, tasks, LENGTH(tasks));
	assert_before(&world, "s3", "e0");
	assert_before(&world, "e0", "s1");
	assert_before(&world, "e1", "s2");
	assert_string_equal(world.shown.data, "1:outer\ninner\ninnermost\nbeside\n");
	world_release(&world, tasks, LENGTH(tasks));
}

/* Who wants what another uses waits for it, and is overtaken by the others. */
static void test_resources(void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.resource = "disk", .steps = {"read x <fifo0"}}, {.resource = "disk", .steps = {"true"}},
	    {.resource = "net", .steps = {"true"}},           {.steps = {"echo >fifo0"}},
	};
	make_fifos(*state, 1);
	world.opts.slots = 0;
	world_run(&world, tasks, LENGTH(tasks));
	assert_before(&world, "s2", "e0");
	assert_before(&world, "s3", "e0");
	assert_before(&world, "e0", "s1");
	world_release(&world, tasks, LENGTH(tasks));
}

static struct task late[2];

static void add_two(struct task *task, struct job *job, const struct job_event *event)
{
	if (event->kind != EVENT_EXITED)
		return;
	for (size_t i = 0; i < LENGTH(late); i++) {
		late[i].world = task->world;
		late[i].index = group_add(job_group(job), &late[i], late[i].order, (long)i - 1);
	}
}

static void test_jobs_added_while_running(MR_UNUSED void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {{.on_event = add_two, .steps = {"echo zero"}}, {.steps = {"echo one"}}};
	late[0] = (struct task){.order = 3, .steps = {"echo two"}};
	late[1] = (struct task){.order = 3, .steps = {"echo three"}};
	world.opts.slots = 2;
	world_run(&world, tasks, LENGTH(tasks));
	assert_string_equal(world.shown.data, "1:zero\none\ntwo\nthree\n");
	assert_before(&world, "e1", "s2");
	assert_before(&world, "s2", "s3");
	world_release(&world, tasks, LENGTH(tasks));
	struct world nothing = {.opts = {0}};
	world_release(&nothing, late, LENGTH(late));
}

static void test_steps(MR_UNUSED void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.steps = {"exit 3", "kill -KILL $$", "true", "echo x >&2"}},
	    {.says = "nothing to do\n"},
	};
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(tasks[0].event_count, 5);
	assert_event(&tasks[0], 0, EVENT_START, 0);
	assert_event(&tasks[0], 1, EVENT_EXITED, 3);
	assert_event(&tasks[0], 2, EVENT_KILLED, SIGKILL);
	assert_event(&tasks[0], 3, EVENT_EXITED, 0);
	assert_false(tasks[0].events[3].said);
	assert_event(&tasks[0], 4, EVENT_EXITED, 0);
	assert_true(tasks[0].events[4].said);
	assert_int_equal(tasks[1].event_count, 1);
	assert_string_equal(world.shown.data, "2:x\n1:nothing to do\n");
	world_release(&world, tasks, LENGTH(tasks));
}

static void test_no_jobs(MR_UNUSED void **state)
{
	struct world world = WORLD;
	world_run(&world, NULL, 0);
	assert_int_equal(world.result, GROUP_FINISHED);
	assert_int_equal(world.shown.len, 0);
	world_release(&world, NULL, 0);
}

static void test_hold_merge_preface(MR_UNUSED void **state)
{
	struct world world = WORLD;
	static const char both[] = "echo out; echo err >&2; echo out again";
	struct task tasks[] = {
	    {.hold = true, .steps = {both, "printf '\\000b'"}},
	    {.merge = true, .steps = {both}},
	    {.hold = true, .merge = true, .steps = {both}},
	    {.preface = "title\n", .merge = true, .steps = {both, "true"}},
	    {.preface = "title of errors\n", .steps = {"echo err >&2"}},
	    {.preface = "title of nothing\n", .steps = {"true"}},
	    {.steps = {"cat; pwd; ls -d ."}, .cwd = "/"}, /* standard input is empty */
	};
	world.opts.slots = 3;
	world_run(&world, tasks, LENGTH(tasks));
	assert_string_equal(tasks[0].outputs[1].data, "out\nout again\n");
	assert_true(tasks[0].events[1].said);
	assert_int_equal(tasks[0].outputs[2].len, 2);
	assert_memory_equal(tasks[0].outputs[2].data, "\0b", 2);
	assert_int_equal(tasks[1].outputs[1].len, 0);
	assert_string_equal(tasks[2].outputs[1].data, "out\nerr\nout again\n");
	assert_string_equal(world.shown.data, "2:err\n1:out\nerr\nout again\ntitle\nout\nerr\nout again\ntitle of errors\n"
					      "2:err\n1:/\n.\n");
	world_release(&world, tasks, LENGTH(tasks));
}

/* Where both streams are the same file, one pipe carries both and their order stays. */
static void test_same_file(MR_UNUSED void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.steps = {"echo 1; echo 2 >&2; echo 3; echo 4 >&2"}},
	    {.hold = true, .steps = {"echo held; echo shown >&2"}},
	};
	world.one_file = true;
	world.opts.slots = 2;
	world_run(&world, tasks, LENGTH(tasks));
	assert_string_equal(world.shown.data, "1:1\n2\n3\n4\n2:shown\n");
	assert_string_equal(tasks[1].outputs[1].data, "held\n");
	world_release(&world, tasks, LENGTH(tasks));
}

/* A job with the terminal writes for itself, when all before it was written, and alone. */
static void test_terminal(MR_UNUSED void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.steps = {"echo zero"}},
	    {.terminal = true, .says = "title\n", .steps = {"echo one", "echo more"}},
	    {.steps = {"echo two"}},
	    {.terminal = true, .steps = {"echo three"}},
	    {.steps = {"echo four"}, .subshell = true},
	};
	world.opts.slots = 3;
	world.stutters = true;
	world_run(&world, tasks, LENGTH(tasks));
	assert_string_equal(world.out.data, "zero\ntitle\none\nmore\ntwo\nthree\nfour\n");
	assert_string_equal(world.shown.data, "1:zero\ntitle\ntwo\n");
	assert_false(tasks[1].events[1].said);
	world_release(&world, tasks, LENGTH(tasks));
}

static void test_always_terminal(MR_UNUSED void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {{.steps = {"echo 0"}}, {.steps = {"echo 1"}}, {.steps = {"echo 2"}}};
	world.opts.slots = 3;
	world.opts.always_terminal = true;
	world_run(&world, tasks, LENGTH(tasks));
	assert_string_equal(world.out.data, "0\n1\n2\n");
	assert_int_equal(world.shown.len, 0);
	assert_int_equal(world.most_running, 1);
	world_release(&world, tasks, LENGTH(tasks));
}

#define LINES "i=0; while [ $i -lt 500 ]; do echo line $i; echo err $i >&2; i=$((i+1)); done"

/* A reader that takes little and seldom gets everything all the same. */
static void test_slow_writes(MR_UNUSED void **state)
{
	struct str expected = STR_INIT;
	for (int job = 0; job < 2; job++) {
		for (int i = 0; i < 500; i++)
			str_addf(&expected, "line %d\nerr %d\n", i, i);
	}
	struct world world = WORLD;
	struct task tasks[] = {{.merge = true, .steps = {LINES}}, {.merge = true, .steps = {LINES}}};
	world.opts.slots = 2;
	world.stutters = true;
	world.write_size = 7;
	world_run(&world, tasks, LENGTH(tasks));
	assert_string_equal(world.shown.data + 2, expected.data);
	str_release(&expected);
	world_release(&world, tasks, LENGTH(tasks));
}

/* More than what a waiting job may keep: it is held back, not cut. */
static void test_much_output(void **state)
{
	struct world world = WORLD;
	struct task tasks[] = {
	    {.steps = {"read x <fifo0"}},
	    {.steps = {"head -c 12000000 /dev/zero"}},
	    {.steps = {"head -c 100000 /dev/zero; echo >fifo0"}},
	};
	make_fifos(*state, 1);
	world.opts.slots = 3;
	world_run(&world, tasks, LENGTH(tasks));
	assert_int_equal(world.shown.len, 2 + 12000000 + 100000);
	world_release(&world, tasks, LENGTH(tasks));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_GROUP(test_slots_are_used),     IN_GROUP(test_as_many_as_there_are),
	    IN_GROUP(test_slots_are_respected), IN_GROUP(test_shown_in_order),
	    IN_GROUP(test_order_is_a_barrier), IN_GROUP(test_after),
	    IN_GROUP(test_resources),
	    IN_GROUP(test_jobs_added_while_running), IN_GROUP(test_steps),
	    IN_GROUP(test_no_jobs),            IN_GROUP(test_hold_merge_preface),
	    IN_GROUP(test_same_file),          IN_GROUP(test_terminal),
	    IN_GROUP(test_always_terminal),    IN_GROUP(test_slow_writes),
	    IN_GROUP(test_much_output),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
