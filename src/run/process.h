/* One child: a process group of its own, where its output goes, how it is told to end.
 *
 * process_start() makes the pipes or pseudo-terminals and the process; the owner polls fds and calls process_read(), learns of the
 * end from waitpid() and then calls process_drain(). The child has ended when it was reaped, whatever still holds its pipes. */
#ifndef MR_RUN_PROCESS_H
#define MR_RUN_PROCESS_H

#include "base/clock.h"
#include "run/capture.h"

#include <stdbool.h>
#include <sys/types.h>

/* What to run. The strings belong to the caller and are needed only during the start. */
struct process_spec {
	const char *file;    /* path of the program */
	char *const *argv;
	char *const *envp;
	const char *cwd;     /* NULL: mr's own */
	int pass_fd;         /* becomes descriptor 9 of the child; 0 or less: nothing */
	msec timeout;        /* 0: none */
};

/* How the child's three descriptors are connected. */
enum process_link {
	LINK_INHERIT,  /* mr's own */
	LINK_PIPE,     /* read by mr */
	LINK_TERMINAL, /* read by mr, and a pseudo-terminal for the child */
	LINK_WITH_OUT, /* standard error only: wherever standard output goes */
};

struct process_io {
	bool null_input; /* standard input is /dev/null; else mr's own */
	enum process_link out;
	enum process_link err;
};

struct process {
	pid_t pid;      /* also its group; 0 when there is none */
	int fds[2];     /* to read standard output and error; -1 when closed or not captured */
	msec deadline;  /* when it is told to end; CLOCK_NEVER */
	msec kill_at;   /* when it is killed, after having been told; CLOCK_NEVER */
	msec give_up_at; /* when it is left to the system, which did not even kill it; CLOCK_NEVER */
	bool timed_out;
};

#define PROCESS_INIT {.fds = {-1, -1}, .deadline = CLOCK_NEVER, .kill_at = CLOCK_NEVER, .give_up_at = CLOCK_NEVER}

/* Receives what a child wrote. */
typedef void process_sink(void *context, enum stream stream, const char *bytes, size_t len);

/* 0, or an error number; EMFILE, ENFILE, EAGAIN and ENOMEM may pass when other children have ended. */
int process_start(struct process *process, const struct process_spec *spec, const struct process_io *io);

/* Reads once what is there on a readable descriptor (0: output, 1: error) and closes it at its end. */
void process_read(struct process *process, int which, process_sink *sink, void *context);

/* After the reaping: takes what its pipes hold at this moment, closes them, and forgets the process. */
void process_drain(struct process *process, process_sink *sink, void *context);

/* Tells the group to end (TERM, and CONT for the stopped), to be killed after grace milliseconds. Telling twice keeps the first
 * point in time. */
void process_terminate(struct process *process, msec grace);
void process_kill(struct process *process);

/* Moves all its points in time. */
void process_postpone(struct process *process, msec by);

/* Does anybody still read its output? */
bool process_is_open(const struct process *process);

/* Acts on what is due; returns the next point in time to look again. */
msec process_check(struct process *process, msec now, msec grace);

#endif
