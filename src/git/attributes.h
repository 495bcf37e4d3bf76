/* Attributes that make git compare something other than a file's bytes. */
#ifndef MR_GIT_ATTRIBUTES_H
#define MR_GIT_ATTRIBUTES_H

#include "base/err.h"
#include "git/index_file.h"
#include "git/settings.h"

/* What was found out so far, for one walk through a repository; zeroed at first, released in the end. */
struct attributes {
	const char *top;
	const char *git_dir; /* whose info/attributes counts */
	const struct settings *settings;
	const struct index_file *index;
	bool looked_outside; /* of the work tree; */
	bool lines_outside;  /* then: what was found */
	struct str dir;	     /* the directory that was looked at last, with its parents; */
	bool looked;	     /* then */
	bool lines;
};

/* Looks through every attributes file that may speak of path. 0: its bytes are what git compares, or, when *lines is
 * set, are so as long as there is no carriage return in them. -1 with a few words: they may not be. */
int attributes_check(struct attributes *attributes, const char *path, bool *lines, struct err *err);
void attributes_release(struct attributes *attributes);

#endif
