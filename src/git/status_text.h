/* The state of a repository as the text that git prints. */
#ifndef MR_GIT_STATUS_TEXT_H
#define MR_GIT_STATUS_TEXT_H

#include "base/str.h"
#include "git/state.h"

struct show {
	const char *prefix; /* paths are shown relative to this directory: "" or with a trailing slash */
	bool quote_path;    /* core.quotePath */
	bool colours;	    /* git's own */
	bool log_colours;   /* likewise, those of git before 2.43 */
};

/* Adds what `git status -s` prints. */
void show_changes(const struct show *show, const struct state *state, struct str *out);

/* Adds what the log prints. */
void show_unpushed(const struct show *show, const struct state *state, struct str *out);

/* Adds what `git stash list` prints. */
void show_stashes(const struct state *state, struct str *out);

#endif
