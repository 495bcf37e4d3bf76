/* The task group driven directly: jobs that are a few shell texts or a request, what happened to them, and what was shown. */
#ifndef MR_TESTS_GROUP_FIXTURE_H
#define MR_TESTS_GROUP_FIXTURE_H

#include "fixture.h"

#include "run/group.h"
#include "run/platform.h"
#include "run/signals.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

extern char **environ;

enum { MAX_STEPS = 4, SAFE_TIMEOUT = 20000, SHORT = 50 };

struct task;

/* What a job does and what came of it. */
struct task {
	/* Given */
	const char *steps[MAX_STEPS]; /* for sh, one after the other */
	const char *request;          /* asked of a worker before the steps */
	const char *question;         /* asked of the service before the steps */
	const char *file;             /* instead of sh */
	msec pause;                   /* after the first step */
	const char *cwd, *resource;
	double order;
	long after;                   /* counted from 1; 0: none */
	bool terminal, subshell, hold, merge;
	const char *preface, *says;   /* says: told to the user at the start */
	msec timeout;                 /* 0: SAFE_TIMEOUT, so that a fault ends the test */
	int pass_fd;
	void (*on_event)(struct task *task, struct job *job, const struct job_event *event);
	/* Seen */
	struct world *world;
	size_t index, step;
	struct job_event events[MAX_STEPS + 3];
	struct str outputs[MAX_STEPS + 3]; /* event's output */
	size_t event_count;
	char *argv[4];
};

/* A run. */
struct world {
	/* Given */
	struct group_opts opts;
	bool one_file;          /* standard output and error are the same file */
	bool let_escape;        /* children may be left */
	size_t write_size;      /* at most so many bytes a write; 0: all */
	bool stutters;          /* every other write says EAGAIN */
	long fail_after;        /* bytes, then EPIPE; 0: never */
	rlim_t spare_files;     /* descriptors that may be opened; 0: as many as usual */
	/* Seen */
	enum group_result result;
	int write_errno;
	struct str shown; /* through write(): "1:" or "2:" at each change of the stream */
	struct str out;   /* what is in standard output in the end, from children and write() */
	struct str log;   /* "s0" a job's start, "e0" the end of one of its steps */
	int running, most_running;
	enum stream last_stream;
	unsigned writes;
	long written;
};

#define WORLD {.opts = {.slots = 1, .grace = 2000, .call_timeout = SAFE_TIMEOUT, .ask_timeout = SAFE_TIMEOUT}}

static ssize_t world_write(void *context, enum stream stream, const char *bytes, size_t len)
{
	struct world *world = context;
	if (world->stutters && world->writes++ % 2 == 0) {
		errno = EAGAIN;
		return -1;
	}
	if (world->fail_after && world->written >= world->fail_after) {
		errno = EPIPE;
		return -1;
	}
	if (world->write_size && len > world->write_size)
		len = world->write_size;
	if (stream != world->last_stream)
		str_addf(&world->shown, "%d:", (int)stream);
	world->last_stream = stream;
	str_add(&world->shown, bytes, len);
	world->written += (long)len;
	return write((int)stream, bytes, len);
}

static bool task_needs_terminal(void *data)
{
	return ((struct task *)data)->terminal;
}

static enum job_want task_spawn(struct task *task, struct job_step *step)
{
	static char sh[] = "sh", option[] = "-c";
	task->argv[0] = sh;
	task->argv[1] = option;
	free(task->argv[2]);
	task->argv[2] = mem_strdup(task->steps[task->step++]);
	step->process = (struct process_spec){
	    .file = task->file ? task->file : "/bin/sh",
	    .argv = task->argv,
	    .envp = environ,
	    .cwd = task->cwd,
	    .pass_fd = task->pass_fd,
	    .timeout = task->timeout ? task->timeout : SAFE_TIMEOUT,
	};
	step->terminal = task->subshell;
	step->merge = task->merge;
	step->hold = task->hold;
	step->preface = task->preface;
	return JOB_SPAWN;
}

static void task_note(struct task *task, const struct job_event *event)
{
	struct world *world = task->world;
	if (task->event_count == LENGTH(task->events))
		return;
	str_add_slice(&task->outputs[task->event_count], event->output.ptr ? event->output : slice_of(""));
	task->events[task->event_count++] = *event;
	bool starts = event->kind == EVENT_START;
	str_addf(&world->log, "%s%c%zu", world->log.len ? " " : "", starts ? 's' : 'e', task->index);
	world->running += starts;
	if (world->running > world->most_running)
		world->most_running = world->running;
}

static enum job_want task_next(void *data, struct job *job, const struct job_event *event, struct job_step *step)
{
	struct task *task = data;
	task_note(task, event);
	if (task->on_event)
		task->on_event(task, job, event);
	if (event->kind == EVENT_START && task->says)
		job_say(job, STREAM_OUT, task->says, strlen(task->says));
	if (event->kind == EVENT_START && task->request) {
		step->request = slice_of(task->request);
		return JOB_CALL;
	}
	if (event->kind == EVENT_START && task->question) {
		step->request = slice_of(task->question);
		return JOB_ASK;
	}
	if (event->kind == EVENT_EXITED && task->step == 1 && task->pause) {
		step->delay = task->pause;
		return JOB_PAUSE;
	}
	if (task->step < MAX_STEPS && task->steps[task->step])
		return task_spawn(task, step);
	task->world->running--;
	return JOB_END;
}

static const char *task_resource(void *data)
{
	return ((struct task *)data)->resource;
}

static const struct job_ops task_ops = {.needs_terminal = task_needs_terminal, .resource = task_resource, .next = task_next};

/* Puts a nameless file in the place of a descriptor; returns what was there. */
static int put_file_at(int fd)
{
	char name[] = "/tmp/mr-unit-XXXXXX";
	int file = mkstemp(name), saved = fcntl(fd, F_DUPFD_CLOEXEC, 20);
	assert_true(file >= 0 && saved >= 0);
	unlink(name);
	fcntl(file, F_SETFL, O_APPEND);
	dup2(file, fd);
	close(file);
	return saved;
}

static int count_descriptors(void)
{
	return count_names("/proc/self/fd");
}

static void world_limit_files(struct rlimit *old, rlim_t spare)
{
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, old);
	limit = *old;
	int next = dup(0); /* the lowest free number */
	close(next);
	if (spare)
		limit.rlim_cur = (rlim_t)next + spare;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* Runs; nothing in here may fail a test, since standard output and error are elsewhere. Returns what group_run() does. */
static int world_go(struct world *world, struct task *tasks, size_t count)
{
	struct err err = ERR_INIT;
	struct rlimit files;
	struct group *group = group_new(&world->opts);
	for (size_t i = 0; i < count; i++) {
		tasks[i].world = world;
		tasks[i].index = i;
		group_add(group, &tasks[i], tasks[i].order, tasks[i].after - 1);
	}
	world_limit_files(&files, world->spare_files);
	int failed = group_run(group, &world->result, &err);
	setrlimit(RLIMIT_NOFILE, &files);
	world->write_errno = group_write_errno(group);
	group_free(group);
	err_release(&err);
	return failed;
}

/* The run, and that nothing is left of it: no child, no zombie, no descriptor. */
static MR_UNUSED void world_run(struct world *world, struct task *tasks, size_t count)
{
	int before = count_descriptors();
	world->opts.ops = &task_ops;
	world->opts.write = world_write;
	world->opts.write_context = world;
	fflush(NULL);
	int out = put_file_at(STDOUT_FILENO), err = put_file_at(STDERR_FILENO);
	if (world->one_file)
		dup2(STDOUT_FILENO, STDERR_FILENO);
	int failed = world_go(world, tasks, count);
	lseek(STDOUT_FILENO, 0, SEEK_SET);
	file_read_fd(STDOUT_FILENO, &world->out);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	close(out);
	close(err);
	assert_int_equal(failed, 0);
	if (!world->let_escape) {
		assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
		assert_int_equal(errno, ECHILD);
	}
	assert_int_equal(count_descriptors(), before);
}

static MR_UNUSED void world_release(struct world *world, struct task *tasks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t event = 0; event < tasks[i].event_count; event++)
			str_release(&tasks[i].outputs[event]);
		free(tasks[i].argv[2]);
	}
	str_release(&world->shown);
	str_release(&world->out);
	str_release(&world->log);
}

/* The event after the start and its value. */
static MR_UNUSED void assert_event(const struct task *task, size_t number, enum job_event_kind kind, int value)
{
	assert_true(number < task->event_count);
	assert_int_equal(task->events[number].kind, kind);
	assert_int_equal(task->events[number].value, value);
}

/* "e1" stands in the log before "s2". */
static MR_UNUSED void assert_before(const struct world *world, const char *first, const char *second)
{
	const char *a = strstr(str_cstr(&world->log), first), *b = strstr(str_cstr(&world->log), second);
	if (!a || !b || a >= b)
		fail_msg("%s is not before %s: %s", first, second, str_cstr(&world->log));
}

/* A fifo in the directory and the shell texts that wait for it and release it. */
static MR_UNUSED void make_fifos(const char *dir, int count)
{
	for (int i = 0; i < count; i++) {
		char *name = mem_format("%s/fifo%d", dir, i);
		assert_int_equal(mkfifo(name, 0600), 0);
		free(name);
	}
}

/* The state is a scratch directory, which is the working directory; signals are open. */
static MR_UNUSED int group_setup(void **state)
{
	struct err err = ERR_INIT;
	scratch_setup(state);
	assert_int_equal(chdir(*state), 0);
	/* Adopted orphans would otherwise go to init before anybody can look. */
	platform_adopt_orphans();
	return signals_open(&err);
}

static MR_UNUSED int group_teardown(void **state)
{
	signals_close();
	assert_int_equal(chdir("/"), 0);
	return scratch_teardown(state);
}

#define IN_GROUP(test) cmocka_unit_test_setup_teardown(test, group_setup, group_teardown)

#endif
