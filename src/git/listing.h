/* The names in a directory of a work tree, sorted. */
#ifndef MR_GIT_LISTING_H
#define MR_GIT_LISTING_H

#include "base/directory.h"
#include "base/str.h"

#include <stdint.h>

struct name {
	uint64_t head; /* its first bytes as a number that orders as they do */
	const char *text;
	size_t at; /* private */
	enum directory_kind kind;
	bool tracked; /* free for the caller */
	bool silent; /* likewise */
};

struct listing {
	int fd; /* the open directory */
	struct name *names;
	size_t count;
	size_t cap;
	bool has_git;		/* .git is there; it is not among the names */
	bool has_ignore_file;	/* .gitignore is there */
	struct str texts;
};

#define LISTING_INIT {.fd = -1, .texts = STR_INIT}

/* Opens and reads the directory name of the open directory parent; links are not followed. 0, or -1 with errno set. Not sorted the names
 * are in the order of readdir(), and nothing can be found. The caller closes the listing either way. */
int listing_open(struct listing *listing, int parent, const char *name, bool sorted);
void listing_close(struct listing *listing);

/* The name of that text, NULL when there is none. *hint is where to look first, and becomes where to look for what follows. */
struct name *listing_find(const struct listing *listing, const char *text, size_t len, size_t *hint);

#endif
