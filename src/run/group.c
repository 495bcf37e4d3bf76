/* The supervisor loop. See group.h. */
#include "run/group_private.h"

#include "run/platform.h"
#include "run/signals.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A captured job that has said this much waits until it was shown. */
enum { CAPTURE_LIMIT = 8 << 20 };

/* How long a reader is waited for when a signal has ended the run. */
enum { LAST_WORDS_MS = 200 };

struct group *group_new(const struct group_opts *opts)
{
	struct group *group = mem_calloc(1, sizeof *group);
	group->opts = *opts;
	group->seats = mem_calloc(opts->workers, sizeof *group->seats);
	for (unsigned i = 0; i < opts->workers; i++)
		group->seats[i].worker = (struct worker)WORKER_INIT;
	group->service = (struct service)SERVICE_INIT;
	group->out_is_terminal = isatty(STDOUT_FILENO);
	group->err_is_terminal = isatty(STDERR_FILENO);
	struct stat out, err;
	group->same_file = fstat(STDOUT_FILENO, &out) == 0 && fstat(STDERR_FILENO, &err) == 0 && out.st_dev == err.st_dev &&
			   out.st_ino == err.st_ino;
	return group;
}

void group_free(struct group *group)
{
	if (!group)
		return;
	for (size_t i = 0; i < group->count; i++) {
		capture_release(&group->jobs[i]->capture);
		str_release(&group->jobs[i]->held);
		str_release(&group->jobs[i]->words);
		free(group->jobs[i]);
	}
	str_release(&group->pending);
	free(group->jobs);
	free(group->active);
	free(group->seats);
	service_forget(&group->service);
	free(group->lingering);
	free(group);
}

size_t group_add(struct group *group, void *data, double order, long after)
{
	struct job *job = mem_calloc(1, sizeof *job);
	*job = (struct job){.group = group, .data = data, .order = order, .after = after, .index = group->count};
	job->process = (struct process)PROCESS_INIT;
	MEM_RESERVE(group->jobs, group->cap, group->count + 1);
	group->jobs[group->count++] = job;
	return job->index;
}

void group_abort(struct group *group)
{
	group_stop(group, GROUP_ABORTED, false);
}

void group_interrupt(struct group *group)
{
	group_stop(group, GROUP_STOPPED, true);
	group->result = GROUP_STOPPED;
}

int group_write_errno(const struct group *group)
{
	return group->write_errno;
}

bool group_has_terminal(const struct group *group)
{
	return group->terminal != NULL;
}

bool group_stream_is_terminal(const struct group *group, enum stream stream)
{
	return stream == STREAM_OUT ? group->out_is_terminal : group->err_is_terminal;
}

void job_say(struct job *job, enum stream stream, const char *bytes, size_t len)
{
	job_keep(job, stream, bytes, len);
}

void job_keep(struct job *job, enum stream stream, const char *bytes, size_t len)
{
	capture_add(&job->capture, stream, bytes, len);
	job->group->captured += len;
}

void job_forget_output(struct job *job)
{
	job->group->captured -= capture_size(&job->capture);
	capture_release(&job->capture);
}

bool job_is_captured(const struct job *job)
{
	return !job->terminal;
}

struct group *job_group(const struct job *job)
{
	return job->group;
}

/* What one round of the loop waits for. */
struct watch {
	struct pollfd *fds;
	struct watched {
		struct job *job;
		struct seat *seat;
		struct group *asks; /* its service has something to say */
		int which;
	} *who;
	size_t len;
	size_t fds_cap;
	size_t who_cap;
};

static void watch_fd(struct watch *watch, int fd, short events, struct watched who)
{
	MEM_RESERVE(watch->fds, watch->fds_cap, watch->len + 1);
	MEM_RESERVE(watch->who, watch->who_cap, watch->len + 1);
	watch->fds[watch->len] = (struct pollfd){.fd = fd, .events = events};
	watch->who[watch->len++] = who;
}

/* While the first unfinished job cannot run although it is its turn, what it waits for may be what another one holds: then nobody is
 * made to wait. In every other case the reader is what is waited for. */
static bool may_say_more(const struct job *job)
{
	const struct group *group = job->group;
	const struct job *first = group->jobs[group->low];
	bool is_stuck = group->head >= group->low && (first->state == STATE_WAITING || first->state == STATE_READY);
	if (job->step.hold || group->stopping || is_stuck)
		return true;
	bool has_turn = job->index == group->head;
	return capture_size(&job->capture) < CAPTURE_LIMIT && (has_turn || group->captured < CAPTURED_LIMIT);
}

static void watch_all(struct watch *watch, struct group *group)
{
	enum stream stream;
	watch->len = 0;
	watch_fd(watch, signals_fd(), POLLIN, (struct watched){0});
	if (!group->write_errno && group_has_to_show(group, &stream))
		watch_fd(watch, (int)stream, POLLOUT, (struct watched){0});
	for (size_t i = 0; i < group->active_count; i++) {
		struct job *job = group->active[i];
		for (int which = 0; which < 2 && job->state == STATE_RUNNING; which++) {
			if (job->process.fds[which] >= 0 && may_say_more(job))
				watch_fd(watch, job->process.fds[which], POLLIN, (struct watched){.job = job, .which = which});
		}
	}
	for (unsigned i = 0; i < group->opts.workers; i++) {
		if (group->seats[i].count)
			watch_fd(watch, group->seats[i].worker.fd, POLLIN, (struct watched){.seat = &group->seats[i]});
	}
	if (group->service.fd >= 0) {
		short events = service_has_to_send(&group->service) ? POLLIN | POLLOUT : POLLIN;
		watch_fd(watch, group->service.fd, events, (struct watched){.asks = group});
	}
}

static void read_all(struct watch *watch)
{
	for (size_t i = 0; i < watch->len; i++) {
		struct watched *who = &watch->who[i];
		if (!watch->fds[i].revents)
			continue;
		if (who->job)
			process_read(&who->job->process, who->which, job_take_output, who->job);
		else if (who->seat && who->seat->count)
			group_receive(who->seat);
		else if (who->asks)
			group_hear_service(who->asks);
	}
}

/* Ends what is overdue; returns when to look again. */
static msec check_deadlines(struct group *group)
{
	msec now = clock_now(), next = CLOCK_NEVER;
	/* Backwards: a job that ends leaves its place to the last one. */
	for (size_t i = group->active_count; i-- > 0;) {
		struct job *job = group->active[i];
		msec due = CLOCK_NEVER;
		if (job->state == STATE_RUNNING)
			due = job_check(job, now);
		else if (job->state == STATE_PAUSED)
			due = job_check_pause(job, now);
		next = due < next ? due : next;
	}
	for (unsigned i = 0; i < group->opts.workers; i++) {
		struct seat *seat = &group->seats[i];
		if (!seat->count)
			continue;
		if (seat->jobs[0]->call_deadline <= now)
			group_drop_worker(seat, "it took too long");
		else if (seat->jobs[0]->call_deadline < next)
			next = seat->jobs[0]->call_deadline;
	}
	msec due = group_check_asks(group, now);
	return due < next ? due : next;
}

/* A stop signal ends the run; a second one does not wait for the grace. */
static void obey_signals(struct group *group)
{
	int count = signals_stop_count();
	if (signals_take_suspend())
		group_suspend(group);
	if (count == group->stops_seen)
		return;
	group->stops_seen = count;
	if (!group->stopping) {
		group_stop(group, GROUP_STOPPED, true);
		return;
	}
	group->result = GROUP_STOPPED;
	for (size_t i = 0; i < group->active_count; i++)
		process_kill(&group->active[i]->process);
}

static bool is_over(const struct group *group)
{
	return !group->active_count && (group->stopping || group->low == group->count);
}

/* Shows what is left. After a signal only for a moment: a reader that does not read must not keep mr alive. */
static void show_rest(struct group *group)
{
	msec deadline = group->result == GROUP_STOPPED ? clock_after(LAST_WORDS_MS) : CLOCK_NEVER;
	enum stream stream;
	while (!group->write_errno && group_has_to_show(group, &stream) && clock_now() < deadline) {
		struct pollfd fds[2] = {{.fd = signals_fd(), .events = POLLIN}, {.fd = (int)stream, .events = POLLOUT}};
		poll(fds, 2, clock_poll_timeout(deadline));
		signals_drain();
		if (signals_stop_count() > group->stops_seen) {
			group->stops_seen = signals_stop_count();
			group->result = GROUP_STOPPED;
			deadline = clock_after(0);
		}
		group_show(group);
	}
}

/* Everything that can be done without waiting: what one step ends, the next may begin. */
static void make_progress(struct group *group)
{
	unsigned long before;
	group->starved = false;
	do {
		before = group->changes;
		group_start_jobs(group);
		group_launch_ready(group);
		group_send_calls(group);
		group_show(group);
	} while (group->changes != before);
	group_serve_foreground(group);
}

/* Progress, and what is due; what that ends makes room again. Returns when to look again. */
static msec advance(struct group *group)
{
	unsigned long before;
	msec deadline;
	do {
		make_progress(group);
		before = group->changes;
		deadline = check_deadlines(group);
	} while (group->changes != before);
	return deadline;
}

static void run_loop(struct group *group)
{
	struct watch watch = {0};
	for (;;) {
		msec deadline = advance(group);
		if (is_over(group))
			break;
		group_let_answers_gather(group);
		watch_all(&watch, group);
		poll(watch.fds, (nfds_t)watch.len, clock_poll_timeout(deadline));
		bool signalled = watch.fds[0].revents != 0;
		if (signalled)
			signals_drain();
		read_all(&watch);
		if (signalled)
			group_reap(group); /* the end of a child is a signal, too */
		obey_signals(group);
	}
	free(watch.fds);
	free(watch.who);
}

int group_run(struct group *group, enum group_result *result, struct err *err)
{
	if (signals_fd() < 0)
		return err_set(err, "the run has no signal pipe");
	platform_adopt_orphans();
	group->terminal = terminal_open();
	group->result = GROUP_FINISHED;
	run_loop(group);
	show_rest(group);
	group_settle(group);
	terminal_close(group->terminal);
	group->terminal = NULL;
	*result = group->result;
	return 0;
}
