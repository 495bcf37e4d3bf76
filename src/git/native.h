/* Git operations without git: what `git_status`, `git_update` and `git_fetch` of the built-in library do.
 *
 * native_git() either does exactly what the shell definition would do with the installed git (the same bytes on standard output
 * and standard error, the same exit status, the same files), or declines and has then changed nothing. It declines whenever it
 * meets something that is not on its whitelist. A status is answered piece by piece: a piece is what one line of the definition says
 * and does; those that are declined are left for these very lines. An update with news is git's, but in halves: what `git pull` does around
 * its fetch and its merge is spared. All this runs in a worker process (see run/worker.h): it may crash or hang there without harm to other
 * repositories. It uses neither the working directory nor standard input, output or error. */
#ifndef MR_GIT_NATIVE_H
#define MR_GIT_NATIVE_H

#include "base/str.h"
#include "git/advert.h"
#include "git/question.h"

#include <stdbool.h>

enum native_operation {
	NATIVE_STATUS, /* git status -s; the log of unpushed branches; the stash list */
	NATIVE_UPDATE, /* git pull */
	NATIVE_FETCH,  /* git fetch --all --prune --tags */
	NATIVE_MERGE,  /* what git pull does behind its fetch */
	/* Never done: which connection the command's git could share is found out. See git/connect.h. */
	NATIVE_CONNECT_FETCH,
	NATIVE_CONNECT_PUSH,
	NATIVE_CONNECT_CLONE,
};

/* What became of a request. */
enum native_verdict {
	NATIVE_DECLINED, /* nothing was changed; why says why */
	NATIVE_DONE,	 /* the result holds what to print */
	NATIVE_ASKS,	 /* nothing was changed: a remote is to be asked first, see native_ask */
	NATIVE_RUNS,	 /* of an update: script is to be run in the definition's place, see struct native_result */
};

/* Adds to advert what the remote that a question is for has said. 0; 1 when it has not been asked yet; -1 with a few words when it cannot
 * be asked. */
typedef int native_ask(void *context, const struct question *question, struct advert *advert, struct err *err);

struct native_request {
	enum native_operation operation;
	const char *repo;   /* absolute physical path of the top of the work tree */
	const char *cwd;    /* absolute physical path where the shell definition would run: repo or a directory below it */
	bool out_is_terminal; /* would git see a terminal on standard output? */
	bool err_is_terminal;
	struct slice others;  /* NATIVE_STATUS: it is declined where the top has one of these names, each with its NUL behind it */
	const char *target;   /* NATIVE_CONNECT_...: the remote, NULL for git's choice; of a clone the URL */
	unsigned threads; /* that a large repository may be split over; 0 is 1 */
	native_ask *ask; /* NULL: remotes on other hosts are left to git */
	void *ask_context;
};

enum { NATIVE_PIECES = 3 }; /* of a status: git status -s; the log; the stash list */

struct native_piece {
	bool done;
	struct str out;
};

struct native_result {
	int exit_status;
	bool sole;	/* there were others to look for, and the top has none of them */
	struct str err; /* what the definition writes to standard error; it comes before out */
	struct str out; /* what it writes to standard output */
	struct str why; /* on declining: the reason, a few words such as "core.fsmonitor is set" */
	struct native_piece pieces[NATIVE_PIECES]; /* on declining a status: what could be answered all the same */
	struct str script; /* NATIVE_RUNS: the commands; who cannot run them may run the definition instead, for why */
	bool fetches;	   /* they are the fetch: when they succeed NATIVE_MERGE is to be asked for, and the definition run if that is
			    * declined */
};

/* After NATIVE_ASKS the caller asks, and calls again with what was said. The caller gives a zeroed result and frees it with
 * native_result_release(). */
enum native_verdict native_git(const struct native_request *request, struct native_result *result);

/* Between two calls of one process the user's configuration is taken to stay what it is; this makes the next one read it again. */
void native_forget(void);
void native_result_release(struct native_result *result);

#endif
