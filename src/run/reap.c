/* The end of things: children that ended or stopped, who has the foreground, stopping the run, and leaving nothing behind. */
#include "run/group_private.h"

#include "run/platform.h"
#include "run/signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long the end of what was killed is waited for. */
enum { KILL_TAKES_MS = 2000 };

/* How often to look for the end of strangers where the system does not report it. */
enum { LOOK_AGAIN_MS = 20 };

/* How long the rest of a child's group is listened to when the child has ended. */
enum { LAST_WORDS_MS = 400 };

/* Stops mr's group as the terminal would; meanwhile time stands still for the deadlines. false when the system did not do it: in a
 * group that nobody could continue. */
static bool stop_self(struct group *group, int sig)
{
	struct sigaction action = {.sa_handler = SIG_DFL}, before;
	int continued = signals_continued();
	msec from = clock_now();
	sigemptyset(&action.sa_mask);
	sigaction(sig, &action, &before);
	kill(0, sig);
	sigaction(sig, &before, NULL);
	msec stopped = clock_now() - from;
	for (size_t i = 0; i < group->active_count; i++) {
		struct job *job = group->active[i];
		process_postpone(&job->process, stopped);
		if (job->state == STATE_CALLING || job->state == STATE_ASKING)
			job->call_deadline += stopped;
	}
	return signals_continued() != continued;
}

void group_give_foreground(struct group *group, struct job *job)
{
	if (!group->terminal)
		return;
	group->foreground = job;
	if (job->wants_foreground && !terminal_is_ours(group->terminal) &&
	    !terminal_is_with(group->terminal, job->process.pid)) {
		/* A run in the background stops with the child that asks, until the user brings both to the foreground. */
		if (!stop_self(group, SIGTTIN))
			process_terminate(&job->process, group->opts.grace);
	}
	job->wants_foreground = false;
	terminal_give(group->terminal, job->process.pid);
	/* It may have asked for the terminal before it had it. */
	kill(-job->process.pid, SIGCONT);
}

static void take_foreground(struct group *group, struct job *job)
{
	if (group->foreground != job)
		return;
	terminal_take(group->terminal, job->process.pid);
	group->foreground = NULL;
}

void group_serve_foreground(struct group *group)
{
	if (group->foreground || group->stopping || !group->terminal)
		return;
	for (size_t i = 0; i < group->active_count; i++) {
		struct job *job = group->active[i];
		if (job->state == STATE_RUNNING && job->wants_foreground) {
			group_give_foreground(group, job);
			return;
		}
	}
}

static void signal_active(struct group *group, int sig)
{
	for (size_t i = 0; i < group->active_count; i++) {
		if (group->active[i]->state == STATE_RUNNING && !group->active[i]->reaped)
			kill(-group->active[i]->process.pid, sig);
	}
}

void group_suspend(struct group *group)
{
	pid_t holder = group->foreground ? group->foreground->process.pid : 0;
	signal_active(group, SIGSTOP);
	if (holder)
		terminal_take(group->terminal, holder);
	stop_self(group, SIGTSTP);
	if (holder)
		terminal_give(group->terminal, holder);
	signal_active(group, SIGCONT);
}

static void note_stopped(struct group *group, struct job *job, int sig)
{
	if (sig == SIGTTIN || sig == SIGTTOU) {
		job->wants_foreground = job->prompted = true;
		if (group->foreground == job)
			group_give_foreground(group, job);
	} else if (sig == SIGTSTP && group->foreground == job) {
		group_suspend(group);
	}
}

static bool group_is_alive(pid_t group)
{
	return kill(-group, 0) == 0 || errno == EPERM;
}

/* A group that may outlive its leader, or a process that was killed and is not reaped yet. */
void group_remember(struct group *group, pid_t pid)
{
	if (!group_is_alive(pid))
		return;
	MEM_RESERVE(group->lingering, group->lingering_cap, group->lingering_count + 1);
	group->lingering[group->lingering_count++] = pid;
}

/* After a stranger's end: groups that are empty now are forgotten before their number can be anybody else's. */
static void forget_empty_groups(struct group *group)
{
	for (size_t i = 0; i < group->lingering_count;) {
		if (group_is_alive(group->lingering[i]))
			i++;
		else
			group->lingering[i] = group->lingering[--group->lingering_count];
	}
}

static struct job *job_of(struct group *group, pid_t pid)
{
	for (size_t i = 0; i < group->active_count; i++) {
		struct job *job = group->active[i];
		if (job->state == STATE_RUNNING && !job->reaped && job->process.pid == pid)
			return group->active[i];
	}
	return NULL;
}

static struct job_event event_of(const struct job *job, int status)
{
	struct job_event event = {
	    .said = job->said,
	    .prompted = job->prompted,
	    .output = str_slice(&job->held),
	    .words = str_slice(&job->words),
	};
	if (job->process.timed_out) {
		event.kind = EVENT_TIMEOUT;
	} else if (WIFSIGNALED(status)) {
		event.kind = EVENT_KILLED;
		event.value = WTERMSIG(status);
	} else {
		event.kind = EVENT_EXITED;
		event.value = WEXITSTATUS(status);
	}
	return event;
}

/* After an interrupt nobody wants to read what the interrupted jobs were saying, but for the one that was being shown. */
bool job_is_muted(const struct job *job)
{
	return job->group->stop_quiet && job->index != job->group->stop_head;
}

static void finish_job(struct group *group, struct job *job, int status)
{
	pid_t pid = job->process.pid;
	bool had_foreground = group->foreground == job;
	bool interrupted = WIFSIGNALED(status) && WTERMSIG(status) == SIGINT;
	take_foreground(group, job);
	process_drain(&job->process, job_take_output, job);
	group_remember(group, pid);
	job->reaped = false;
	if (group->stopping) {
		job_end(job);
		return;
	}
	struct job_event event = event_of(job, status);
	job_advance(job, &event);
	/* Ctrl-C went to the foreground, not to mr: it meant the run all the same. */
	if (had_foreground && interrupted)
		group_interrupt(group);
}

/* Whoever is left in the group may be about to say its last words, like a tee that the child wrote to. They are listened to for a
 * moment; a grandchild that just keeps the pipe open does not hold the run up. */
static void child_ended(struct group *group, struct job *job, int status)
{
	if (group->stopping || !process_is_open(&job->process) || !group_is_alive(job->process.pid)) {
		finish_job(group, job, status);
		return;
	}
	take_foreground(group, job);
	job->reaped = true;
	job->status = status;
	job->drain_until = clock_after(LAST_WORDS_MS);
}

msec job_check(struct job *job, msec now)
{
	if (job->reaped) {
		bool over = job->drain_until <= now || !process_is_open(&job->process);
		if (over)
			finish_job(job->group, job, job->status);
		return over ? CLOCK_NEVER : job->drain_until;
	}
	msec due = process_check(&job->process, now, job->group->opts.grace);
	if (job->process.give_up_at > now)
		return due;
	/* As if it had died of what it was sent: the wait status of a process that was killed is the signal. */
	finish_job(job->group, job, SIGKILL);
	return CLOCK_NEVER;
}

/* The service has ended; what it started is in its group. */
static void forget_service(struct group *group)
{
	kill(-group->service.pid, SIGKILL);
	group_remember(group, group->service.pid);
	group->service.pid = 0;
}

/* A helper that crashed, or the orphan of a child. */
static void note_stranger(struct group *group, pid_t pid)
{
	for (unsigned i = 0; i < group->opts.workers; i++) {
		if (group->seats[i].worker.pid == pid)
			group->seats[i].worker.pid = 0;
	}
	if (group->service.pid == pid)
		forget_service(group);
	forget_empty_groups(group);
}

void group_reap(struct group *group)
{
	int status;
	pid_t pid;
	while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
		struct job *job = job_of(group, pid);
		if (job && WIFSTOPPED(status))
			note_stopped(group, job, WSTOPSIG(status));
		else if (job)
			child_ended(group, job, status);
		else if (!WIFSTOPPED(status))
			note_stranger(group, pid);
	}
}

void group_stop(struct group *group, enum group_result why, bool quiet)
{
	if (group->stopping)
		return;
	group->stopping = true;
	group->stop_quiet = quiet;
	group->stop_head = group->head;
	group->result = why;
	for (size_t i = group->active_count; i-- > 0;) {
		struct job *job = group->active[i];
		if (job_is_muted(job))
			job_forget_output(job);
		if (job->state == STATE_RUNNING && job->reaped)
			finish_job(group, job, job->status);
		else if (job->state == STATE_RUNNING)
			process_terminate(&job->process, group->opts.grace);
		else
			job_end(job); /* a call's worker is ended with the others */
	}
	for (size_t i = group->low; i < group->count; i++) {
		if (group->jobs[i]->state == STATE_WAITING)
			group->jobs[i]->state = STATE_ENDED;
	}
	for (unsigned i = 0; i < group->opts.workers; i++) {
		group->seats[i].count = 0;
		worker_hang_up(&group->seats[i].worker);
	}
	service_hang_up(&group->service);
}

/* Waits for the next end of a child, or until the deadline. */
static void wait_for_change(msec deadline)
{
	msec soon = clock_after(LOOK_AGAIN_MS);
	struct pollfd wake = {.fd = signals_fd(), .events = POLLIN};
	poll(&wake, 1, clock_poll_timeout(deadline < soon ? deadline : soon));
	signals_drain();
}

static bool helpers_left(struct group *group)
{
	for (unsigned i = 0; i < group->opts.workers; i++) {
		if (group->seats[i].worker.pid)
			return true;
	}
	return group->service.pid != 0;
}

/* Reaps whatever there is, jobs being over; false when mr has no children left. */
static bool reap_all(struct group *group)
{
	pid_t pid;
	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
		for (unsigned i = 0; i < group->opts.workers; i++) {
			if (group->seats[i].worker.pid == pid)
				worker_forget(&group->seats[i].worker);
		}
		if (group->service.pid == pid)
			forget_service(group);
	}
	forget_empty_groups(group);
	return pid == 0;
}

static void signal_rest(struct group *group, int sig)
{
	for (size_t i = 0; i < group->lingering_count; i++) {
		kill(-group->lingering[i], sig);
		kill(-group->lingering[i], SIGCONT);
	}
	for (unsigned i = 0; sig == SIGKILL && i < group->opts.workers; i++) {
		if (group->seats[i].worker.pid)
			kill(-group->seats[i].worker.pid, SIGKILL);
	}
	if (sig == SIGKILL && group->service.pid)
		kill(-group->service.pid, SIGKILL);
}

/* Nothing outlives the run. What was left running in a job's group is told to end, and killed after the grace; after a stop that
 * holds for everything below mr, also for what went into a session of its own. */
void group_settle(struct group *group)
{
	for (unsigned i = 0; i < group->opts.workers; i++)
		worker_hang_up(&group->seats[i].worker);
	service_hang_up(&group->service);
	reap_all(group);
	signal_rest(group, SIGTERM);
	msec deadline = clock_after(group->opts.grace);
	while (reap_all(group) && (group->lingering_count || helpers_left(group)) && clock_now() < deadline) {
		if (signals_stop_count() > group->stops_seen)
			break;
		wait_for_change(deadline);
	}
	signal_rest(group, SIGKILL);
	/* A process that even KILL does not end (a dead file system) is left to init. */
	deadline = clock_after(KILL_TAKES_MS);
	while (reap_all(group) && (group->lingering_count || helpers_left(group)) && clock_now() < deadline)
		wait_for_change(deadline);
	while (group->result == GROUP_STOPPED && clock_now() < deadline && reap_all(group) &&
	       platform_signal_children(SIGKILL, NULL, NULL))
		wait_for_change(deadline);
}
