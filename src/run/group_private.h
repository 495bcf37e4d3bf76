/* What the files of the task group share: group.c (the loop), schedule.c (what may start), call.c (the workers), ask.c (the service),
 * reap.c (what ended), show.c (output). Nobody else includes this. */
#ifndef MR_RUN_GROUP_PRIVATE_H
#define MR_RUN_GROUP_PRIVATE_H

#include "run/group.h"
#include "run/service.h"
#include "run/terminal.h"

/* All captured jobs together: while they hold more, only the one whose turn it is to be shown goes on. */
enum { CAPTURED_LIMIT = 64 << 20 };

enum job_state {
	STATE_WAITING, /* not started */
	STATE_READY,   /* its step waits for a worker, for room on the terminal, or for resources */
	STATE_RUNNING, /* a child of it runs */
	STATE_CALLING, /* a worker answers it */
	STATE_ASKING,  /* the service answers it */
	STATE_PAUSED,  /* it waits for a while */
	STATE_ENDED,
};

struct job {
	struct group *group;
	void *data;
	double order;
	long after; /* index of the enclosing job, -1 */
	size_t index;
	enum job_state state;
	bool classified; /* terminal and resource are known */
	bool terminal;
	const char *resource;
	bool wants_foreground; /* stopped because it asked the terminal for something */
	bool said;             /* the present child wrote something, */
	bool prompted;         /* and asked the terminal for something */
	struct str words;      /* the last of what it wrote */
	enum job_want want;    /* what the step is */
	struct job_step step;
	struct process process;
	struct capture capture;
	struct str held;
	msec call_deadline; /* CALLING, ASKING; PAUSED: until when */
	uint64_t question;  /* ASKING: its number */
	bool reaped;      /* its child has ended, and others of its group may be about to say their last words */
	int status;       /* then: the wait status */
	msec drain_until; /* then: how long they are listened to */
};

/* Requests that a worker has at a time, at most. */
enum { CALL_QUEUE = 16 };

struct seat { /* a worker and whom it serves */
	struct worker worker;
	struct job *jobs[CALL_QUEUE]; /* in the order in which they will be answered */
	unsigned count;
	int64_t since; /* microseconds: from when on the first of them is worked at, or the last answers were taken */
};

struct group {
	struct group_opts opts;
	struct job **jobs;
	size_t count;
	size_t cap;
	size_t head;      /* the first job that is not shown to its end */
	size_t next;      /* every job before it was started */
	size_t low;       /* every job before it has ended */
	struct job **active; /* READY, RUNNING and CALLING */
	size_t active_count;
	size_t active_cap;
	struct seat *seats;
	int64_t pace; /* microseconds that a call takes, about; 0: not known yet */
	struct service service;
	unsigned service_starts;
	uint64_t service_heard; /* the greatest number of a question when the service last said something */
	struct terminal *terminal;
	struct job *foreground; /* the job that has it */
	bool out_is_terminal, err_is_terminal, same_file;

	struct str pending; /* taken from the captures, for one stream, not yet written */
	enum stream pending_stream;

	size_t captured;  /* bytes in all captures */
	bool starved;     /* descriptors or processes ran out: nothing is started until something has ended */

	bool stopping;    /* nothing new starts; what runs was told to end */
	bool stop_quiet;  /* interrupted jobs are not shown, */
	size_t stop_head; /* but for the one that was being shown */
	enum group_result result;
	int write_errno;
	int stops_seen;
	unsigned long changes; /* counts what happens, so that the loop knows when to wait for events */

	pid_t *lingering; /* groups that outlived their leader */
	size_t lingering_count;
	size_t lingering_cap;
};

/* schedule.c */
void group_start_jobs(struct group *group);
void group_launch_ready(struct group *group);
void job_advance(struct job *job, const struct job_event *event);
void job_end(struct job *job);
msec job_check_pause(struct job *job, msec now);
void job_keep(struct job *job, enum stream stream, const char *bytes, size_t len);
void job_forget_output(struct job *job);
void job_take_output(void *context, enum stream stream, const char *bytes, size_t len);
bool group_may_pass(struct group *group, int error);
bool group_has_slot(const struct group *group);

/* call.c */
bool group_launch_call(struct job *job);
bool group_may_call_more(const struct group *group);
void group_send_calls(struct group *group);
void group_let_answers_gather(const struct group *group);
void group_receive(struct seat *seat);
void group_drop_worker(struct seat *seat, const char *why);

/* ask.c */
size_t group_asking(const struct group *group);
bool group_may_ask_more(const struct group *group);
bool group_launch_ask(struct job *job);
void group_hear_service(struct group *group);
msec group_check_asks(struct group *group, msec now);

/* reap.c */
void group_reap(struct group *group);
msec job_check(struct job *job, msec now);
void group_stop(struct group *group, enum group_result why, bool quiet);
void group_give_foreground(struct group *group, struct job *job);
void group_serve_foreground(struct group *group);
void group_remember(struct group *group, pid_t pid);
bool job_is_muted(const struct job *job);
void group_suspend(struct group *group);
void group_settle(struct group *group);

/* show.c */
bool group_has_to_show(struct group *group, enum stream *stream);
void group_show(struct group *group);
bool group_is_shown_before(struct group *group, const struct job *job);

#endif
