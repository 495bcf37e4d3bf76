/* How `git status -s` writes a line. */
#ifndef MR_GIT_SHOW_H
#define MR_GIT_SHOW_H

#include "base/str.h"

struct show {
	const char *prefix; /* paths are shown relative to this directory: "" or with a trailing slash */
	bool quote_path;    /* core.quotePath */
	bool colours;
};

/* Adds the line of a tracked file: staged and changed are its two letters, ' ' for none. */
void show_tracked(const struct show *show, struct str *out, char staged, char changed, const char *path);

/* Adds the line of an untracked name. */
void show_untracked(const struct show *show, struct str *out, const char *path);

#endif
