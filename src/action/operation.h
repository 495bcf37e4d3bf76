/* One action on one repository, from the skip test to the last hook: the steps of a job of the task group.
 *
 * The order of things, as in myrepos: VCS detection, skip, deleted, (update of a missing repository becomes checkout), the command's
 * header, pre_ hook, command, post_ hook, and after checkout and update the fixups. */
#ifndef MR_ACTION_OPERATION_H
#define MR_ACTION_OPERATION_H

#include "action/answers.h"
#include "action/vcs.h"
#include "base/args.h"
#include "registry/select.h"
#include "run/group.h"

/* What all operations of a run share; everything in it outlives them. */
struct operation_plan {
	const struct registry *registry;
	const char *action;
	const struct args *params;
	const char *start_dir; /* where mr was started */
	const char *directory; /* where it works: -d, or start_dir */
	const char *home;
	const char *switches;        /* the options, for a shell */
	const char *given_directory; /* -d as it was given; NULL */
	const char *moved_config;    /* the whole name of what -c names from start_dir; NULL when it is no such name */
	bool leaf;   /* the user stands inside the one repository: stay there */
	bool to_top; /* --top: but go to its top */
	bool force, verbose, minimal, quiet, interactive, native;
	bool print_action, print_dir, print_subdir;
	bool cache, cached, uncache; /* see action/cache.h: keep what is said; say it again instead of running; forget it first */
	bool alone; /* there is but one repository: nobody to share a connection with */
	bool chosen_jobs; /* the user said how many jobs: then everything runs captured unless one at a time */
	bool remembers;  /* while ~/.mrlog exists a command that fails is remembered there */
	bool unrecorded; /* no blank line behind it, and no statistics */
	bool checkout_in_place; /* bootstrap's "." is checked out into the directory that is there */
	unsigned threads; /* for each native operation */
	msec timeout;     /* for each command; 0: none */
	struct answers *answers; /* of the network service */
	struct vcs_memo *vcs_memo;
	unsigned retries;        /* of a built-in command that failed because of the network */
	char *above, *real_above; /* the directory around the last repository, as it is named and physically; for free() */
	const struct setting *judged_lib; /* the lib of a user's that was judged last; changes, as the judgement does */
	bool lib_is_harmless;
	const struct setting *last_lib; /* -v: the library that was shown last; changes */
	struct args complained; /* what is said once in a run and was; for args_release() */
	/* Called when a checkout or update of a repository has succeeded; may add jobs. false: the operation has failed after all.
	 * NULL: nothing. */
	bool (*succeeded)(void *context, struct job *job, const struct repo *repo);
	void *succeeded_context;
};

/* How the command was done, where a native operation could be expected. */
enum operation_way { WAY_NONE, WAY_NATIVE, WAY_MIXED, WAY_GIT };

enum operation_result { RESULT_NONE, RESULT_OK, RESULT_FAILED, RESULT_SKIPPED };

struct operation;

/* repo and plan must outlive the operation. */
struct operation *operation_new(struct operation_plan *plan, const struct repo *repo);
void operation_free(struct operation *operation);

/* How it ended; RESULT_NONE when it did not. */
enum operation_way operation_way(const struct operation *operation);
enum operation_result operation_result(const struct operation *operation);

/* The repository's directory as the statistics name it: physical where it exists, with a trailing slash. */
const char *operation_dir(const struct operation *operation);

/* Was its command, which failed, remembered? */
bool operation_was_remembered(const struct operation *operation);

/* The operations of a group's jobs: data is a struct operation. */
extern const struct job_ops operation_job_ops;

#endif
