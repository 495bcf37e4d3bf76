/* What the files of a walk through a work tree share: worktree.c (the tracked files), untracked.c (the others). Nobody else includes
 * this. */
#ifndef MR_GIT_WORKTREE_PRIVATE_H
#define MR_GIT_WORKTREE_PRIVATE_H

#include "git/attributes.h"
#include "git/ignore.h"
#include "git/listing.h"
#include "git/worktree.h"

#include <limits.h>

/* A directory on the way down to the one that is looked at. */
struct level {
	size_t path_len; /* of its path, with a trailing slash */
	bool has_ignore_file;
	bool loaded; /* its patterns are in the stack; */
	bool ignored; /* then: it is ignored itself, with all that is not tracked below it */
};

/* git also opens .gitignore and .git/objects in a directory, by their names from the top. */
enum { LONGEST_DIR = PATH_MAX - 16 };

/* One thread's walk. */
struct scan {
	const struct worktree_place *place;
	struct worktree *found;
	int top;	 /* open directory */
	struct str path; /* the directory that is looked at, "" or with a trailing slash */
	struct level *levels;
	size_t depth;
	size_t level_cap;
	struct ignores *ignores; /* patterns are loaded when a name is met that is not tracked */
	bool loaded_outside;	 /* those of the user's file and info/exclude */
	struct attributes attributes;
	unsigned threads;
	struct err *err;
};

/* worktree.c */
void scan_enter(struct scan *scan, const struct listing *listing);
void scan_leave(struct scan *scan);
int scan_fail(struct scan *scan, const char *name); /* by errno */

/* untracked.c: adds those names of the directory that are neither tracked nor ignored. */
int scan_untracked(struct scan *scan, struct listing *listing);

/* Learns what a name is, once. */
int scan_learn_kind(struct scan *scan, const struct listing *listing, struct name *name);

#endif
