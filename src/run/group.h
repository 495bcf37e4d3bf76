/* The task group: one run over many jobs, and nothing of it left when group_run() returns.
 *
 * Steps for the caller:
 *   1. group_new() with the options of the run.
 *   2. group_add() for each job, in the order in which output is to appear. A job's next() may add further ones while it runs.
 *   3. group_run(). It calls each job's next() for what to do first and again whenever that has ended, until it says JOB_END.
 *   4. group_free().
 *
 * Jobs start in order, as many at a time as there are slots. What a job says is shown whole and in the order of the jobs, as soon
 * as its turn comes, while later jobs go on running; a job whose output nobody can be shown yet is made to wait once it has said
 * a lot. A job that needs the terminal runs when its turn has come, and streams.
 *
 * A job with a greater `order` starts when all jobs of the lesser orders have ended; a job with an enclosing job starts after that.
 * Jobs that name the same resource run one after the other.
 *
 * A job that asks the service leaves its slot to another one meanwhile, but for a run with one slot, where jobs are done one by one.
 *
 * Every child has a process group of its own. When a stop signal comes, nothing new is started, all groups get TERM, after the
 * grace KILL, and everything is reaped. What a child leaves running in its group is ended with the run. */
#ifndef MR_RUN_GROUP_H
#define MR_RUN_GROUP_H

#include "base/clock.h"
#include "base/err.h"
#include "run/capture.h"
#include "run/helper.h"
#include "run/process.h"
#include "run/worker.h"

#include <stdbool.h>

struct group;
struct job;

/* What a job wants next. */
enum job_want {
	JOB_SPAWN, /* run the child described in *step */
	JOB_CALL,  /* let a worker answer step->request */
	JOB_ASK,   /* let the service answer it: meanwhile the job takes nobody's place */
	JOB_PAUSE, /* wait for step->delay: meanwhile the job takes nobody's place */
	JOB_END,   /* nothing more */
};

struct job_step {
	struct process_spec process; /* JOB_SPAWN; strings belong to the job until its next event */
	bool terminal;               /* JOB_SPAWN: also gets mr's descriptors and the foreground when captured (a subshell) */
	bool merge;                  /* standard error goes where standard output goes; so both are captured */
	bool pseudo_terminal;        /* captured output looks like a terminal also where mr's own is none */
	bool hold;                   /* standard output is not shown but given back in the event */
	const char *preface;         /* shown on standard output just before the first byte of captured output; NULL */
	struct slice request;        /* JOB_CALL, JOB_ASK; must live until the next event */
	msec delay;                  /* JOB_PAUSE */
};

enum job_event_kind {
	EVENT_START,       /* the first one */
	EVENT_EXITED,      /* value: exit status */
	EVENT_KILLED,      /* value: signal */
	EVENT_TIMEOUT,     /* the child was ended because its time was over */
	EVENT_NOT_STARTED, /* value: error number */
	EVENT_ANSWERED,    /* output: the answer of a worker or the service */
	EVENT_NO_ANSWER,   /* it crashed or was too slow; output: which */
	EVENT_RESUMED,     /* the pause is over */
};

struct job_event {
	enum job_event_kind kind;
	int value;
	bool said;           /* did the child write anything that mr saw? */
	bool prompted;       /* did it ask the terminal for something? */
	struct slice output; /* what was held, or the answer; valid during the call */
	struct slice words;  /* the last of all that the child wrote and mr saw, some kilobytes */
};

struct job_ops {
	/* Asked once, just before the job could start: must it have the terminal? */
	bool (*needs_terminal)(void *data);
	/* Asked once, after that: what must not be used by two jobs at a time, as a text that the job keeps; NULL for nothing. */
	const char *(*resource)(void *data);
	/* See enum job_want. Calls job_say() for what mr itself has to say about the job. */
	enum job_want (*next)(void *data, struct job *job, const struct job_event *event, struct job_step *step);
};

struct group_opts {
	const struct job_ops *ops;
	unsigned slots; /* jobs at a time; 0: as many as there are */
	unsigned workers; /* worker processes, at least 1 where JOB_CALL is used */
	worker_serve *serve;
	void *serve_context;
	helper_body *service; /* the body of the service (run/service.h), where JOB_ASK is used; it is started when first asked */
	void *service_context;
	bool always_terminal; /* run every job as if it needed the terminal */
	msec grace;        /* between TERM and KILL */
	msec call_timeout; /* for one JOB_CALL */
	msec ask_timeout;  /* for one JOB_ASK */
	/* Writes at most len bytes for the user and returns how many, or -1 with errno set; EAGAIN: try again later. */
	ssize_t (*write)(void *context, enum stream stream, const char *bytes, size_t len);
	void *write_context;
};

enum group_result {
	GROUP_FINISHED,
	GROUP_ABORTED,      /* by group_abort() */
	GROUP_STOPPED,      /* by a signal: see signals_stop() */
	GROUP_WRITE_FAILED, /* standard output or error cannot be written: group_write_errno() */
};

struct group *group_new(const struct group_opts *opts);
void group_free(struct group *group);

/* Adds a job. data is handed to the ops and stays the caller's. after: index of an enclosing job, or -1. Returns its index. */
size_t group_add(struct group *group, void *data, double order, long after);

/* -1 with a message when the run could not begin at all. signals_open() must have been called. */
int group_run(struct group *group, enum group_result *result, struct err *err);

/* From next(): stop the run, as after a signal, but with what was said so far shown. interrupted: a child that had the terminal died
 * of Ctrl-C, and so must mr. */
void group_abort(struct group *group);
void group_interrupt(struct group *group);

int group_write_errno(const struct group *group);

/* From next(): text for the user in its place among the job's output. job_is_captured() tells whether the output is kept from the
 * terminal (then its programs must not start a pager). */
void job_say(struct job *job, enum stream stream, const char *bytes, size_t len);
bool job_is_captured(const struct job *job);
struct group *job_group(const struct job *job);

/* Is there a terminal on which programs could ask something? */
bool group_has_terminal(const struct group *group);

/* Would a child of a captured job see a terminal there? */
bool group_stream_is_terminal(const struct group *group, enum stream stream);

#endif
