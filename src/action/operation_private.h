/* What the files of an operation share: operation.c (life and results), tests.c (skip and deleted), perform.c (command and hooks),
 * shell.c (starting a shell), environment.c (what it finds), recall.c (--cache and --cached); offered.c (the native offer), pieces.c and
 * halves.c (a command in parts), foresee.c (a status that is asked for at once), retry.c (once more). Nobody else includes this. */
#ifndef MR_ACTION_OPERATION_PRIVATE_H
#define MR_ACTION_OPERATION_PRIVATE_H

#include "action/environment.h"
#include "action/offer.h"
#include "action/operation.h"
#include "action/script.h"
#include "action/vcs.h"

typedef enum job_want operation_phase(struct operation *op, const struct job_event *event, struct job_step *step);

/* What becomes of a shell's output. */
enum output_mode {
	MODE_SHOW,    /* as it comes */
	MODE_MINIMAL, /* -m: one stream, and the header only if there is any */
	MODE_QUIET,   /* -q: one stream, held until it is known whether it is shown */
	MODE_CACHED,  /* --cache: one stream as a terminal would get it, held until it is kept */
	MODE_ANSWER,  /* standard output is an answer meant for mr */
};

/* The native offer under way: see offered.c. */
struct offered {
	enum offer_operation operation;
	operation_phase *done, *left; /* go on when it was done natively, or is left to the command */
	operation_phase *failed;      /* goes on when a line of the command failed */
	char *target;                 /* the remote whose connection is wanted, as the command names it; NULL */
	struct str request;           /* to the worker */
	struct slice others;          /* see struct offer_request */
	struct str questions;         /* of the worker */
	struct slice left_to_ask;     /* of these */
	struct slice question;        /* the one under way */
	struct str said;              /* the answers so far */
	int rounds;
	enum offer_host host;
	enum failure reason;          /* what the service knows of why the command will fail */
	unsigned failures;            /* of the command, after which it was run again */
};

/* What a worker answered before it was asked: see foresee.c. */
struct foreseen {
	bool kept;
	enum job_event_kind kind;
	struct str answer;
};

/* A command of which some lines are answered. */
struct pieces {
	bool done[OFFER_PIECES];
	struct str out[OFFER_PIECES]; /* what is shown in place of those that are */
	struct str script;	      /* the others, as they are run */
	int next;
};

/* An update of which one half is run. */
struct halves {
	struct str script;
	bool fetches;	 /* the other one comes next */
	struct str held; /* what the first one said, where that is held back */
	msec begun;
};

struct operation {
	struct operation_plan *plan;
	const struct repo *repo;
	struct job *job;
	const char *action;        /* changes from update to checkout */
	const struct args *params;
	struct args remembered;    /* the parameters when the action is `remember` */
	char *dir;                 /* physical, with a trailing slash; MR_REPO is this without it */
	char *cwd;                 /* where commands run; NULL: where mr was started */
	struct environment environment;
	struct vcs vcs;
	char *store;               /* what other work trees of the repository share with it; NULL where that does not matter */
	bool detected;
	bool entered;              /* somebody was in dir just now */
	bool is_checkout, is_update;
	const struct setting *command;
	struct str header;         /* a line with its newline; empty when there is nothing to say */
	struct script script;
	struct offered offer;
	struct foreseen foreseen;
	struct pieces pieces;
	struct halves halves;
	enum operation_way way;
	operation_phase *phase;    /* goes on when the child has ended */
	operation_phase *after_detection;
	operation_phase *after_hook;
	bool hook_counts;          /* what the hook under way says counts as output for -m */
	const char *test;          /* "skip" or "deleted": the test under way */
	struct str hook;           /* the name of the hook under way */
	char *subshell[3];
	char *share;               /* the variable by which the command's git shares the run's connection; NULL */
	enum output_mode mode;
	bool caches;               /* --cache or --cached holds for the command and its hooks */
	bool said_again;           /* what has ended was not run: it is what was kept */
	struct str recalled;       /* its output */
	bool headed;               /* for -m: a part of the command, done natively or not, has shown the header */
	bool said;                 /* for -m: the command or its post hook wrote something */
	bool library_known;        /* -v: it was shown before */
	bool had_subshell;
	enum operation_result result;
	enum operation_result forced_result; /* after a detour: how the operation ends all the same */
};

/* operation.c */
void operation_say(struct operation *op, enum stream stream, const char *format, ...) MR_PRINTF(3, 4);
enum job_want operation_end(struct operation *op, struct job_step *step, enum operation_result result);
enum job_want operation_abort(struct operation *op);
/* Sets op->dir: the physical directory with a trailing slash, as the statistics and messages show it; where nothing is there yet, what
 * the section says. Not sure: the directory itself is taken to be no link. */
void operation_find_directory(struct operation *op, bool sure);
const struct setting *operation_find(struct operation *op, const char *name);
void operation_share(struct operation *op, const char *variable); /* sets op->share */
void operation_complain_vcs(struct operation *op, const char *name);
operation_phase operation_begin;
/* Finds out of which type the repository is, and goes on with then. */
enum job_want operation_detect(struct operation *op, const struct job_event *event, struct job_step *step, operation_phase *then);

/* tests.c */
operation_phase operation_check_skip;

/* perform.c */
operation_phase operation_perform;

/* offered.c: the step that lets a worker do the command natively if it may, and goes on with done; else what left says, then with a
 * connection to share if there is one. */
enum job_want operation_offer(struct operation *op, struct job_step *step, operation_phase *done, operation_phase *left,
			      operation_phase *failed);
void offered_release(struct offered *offer);
enum offer_operation offered_decide(struct operation *op, const struct setting *command, const char *vcs, bool vcs_builtin,
				    const char **why);
enum job_want offered_ask(struct operation *op, struct job_step *step); /* makes the request of op->offer.operation, without answers */

/* foresee.c: true: the step asks a worker for the command before the tests; what it answers is there when the command's turn comes. */
bool operation_foresee(struct operation *op, struct job_step *step);

/* pieces.c. pieces_take(): true when the answer holds pieces that can be used; then pieces_go_on() does what is left to do. */
bool pieces_take(struct operation *op, const struct offer_answer *answer);
operation_phase pieces_go_on;
void pieces_release(struct pieces *pieces);

/* halves.c. halves_take(): true when the answer's half of the command can be run; then halves_go_on() runs it, and goes on. */
bool halves_take(struct operation *op, const struct offer_answer *answer);
operation_phase halves_go_on;
void halves_release(struct halves *halves);

/* retry.c: is a command that failed to be run again? Then the step is a pause, and again goes on behind it. Else, why did it fail? */
bool operation_retry(struct operation *op, const struct job_event *event, struct job_step *step, operation_phase *again);
void operation_give_reason(struct operation *op, const struct job_event *event);

/* recall.c. Both are nothing where op->caches is not set, but for --uncache, which operation_recall() obeys. */
bool operation_may_cache(const struct operation *op);
bool operation_recall(struct operation *op, const char *name, struct job_event *event); /* true: event tells how it ended once */
void operation_keep(struct operation *op, const char *name, const struct job_event *event);

/* shell.c: the step that runs a command in a shell and goes on with phase. output is of op->mode. */
enum job_want operation_shell(struct operation *op, struct job_step *step, struct slice command, const struct args *params,
			      operation_phase *phase);
enum job_want operation_subshell(struct operation *op, struct job_step *step);
void operation_announce(struct operation *op, const char *title, struct slice command);

#endif
