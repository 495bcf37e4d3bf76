/* Git operations without git: what `git_status` and `git_update` of the built-in library do, through libgit2.
 *
 * native_git() either does exactly what the shell definition would do with the installed git (the same bytes on standard output
 * and standard error, the same exit status, the same files), or declines and has then changed nothing. It declines whenever it
 * meets something that is not on its whitelist. A status is answered piece by piece: a piece is what one line of the definition says
 * and does; those that are declined are left for these very lines. It runs in a worker process (see run/worker.h): it may crash or hang there
 * without harm to other repositories. It uses neither the working directory nor standard input, output or error. */
#ifndef MR_GIT_NATIVE_H
#define MR_GIT_NATIVE_H

#include "base/str.h"

#include <stdbool.h>

enum native_operation {
	NATIVE_STATUS, /* git status -s; the log of unpushed branches; the stash list */
	NATIVE_UPDATE, /* git pull */
};

struct native_request {
	enum native_operation operation;
	const char *repo;   /* absolute physical path of the top of the work tree */
	const char *cwd;    /* absolute physical path where the shell definition would run: repo or a directory below it */
	bool out_is_terminal; /* would git see a terminal on standard output? */
	bool err_is_terminal;
	unsigned threads; /* that a large repository may be split over; 0 is 1 */
};

enum { NATIVE_PIECES = 3 }; /* of a status: git status -s; the log; the stash list */

struct native_piece {
	bool done;
	struct str out;
};

struct native_result {
	int exit_status;
	struct str err; /* what the definition writes to standard error; it comes before out */
	struct str out; /* what it writes to standard output */
	struct str why; /* on declining: the reason, a few words such as "core.fsmonitor is set" */
	struct native_piece pieces[NATIVE_PIECES]; /* on declining a status: what could be answered all the same */
};

/* true: done, result holds what to print; false: declined, result->why says why and out and err are empty. The caller gives a
 * zeroed result and frees it with native_result_release(). */
bool native_git(const struct native_request *request, struct native_result *result);

/* Between two calls of one process the user's configuration is taken to stay what it is; this makes the next one read it again. */
void native_forget(void);
void native_result_release(struct native_result *result);

#endif
