/* All references of a repository, loose and packed, read without libgit2, which passes over the broken ones in silence.
 * */
#ifndef MR_GIT_REFS_H
#define MR_GIT_REFS_H

#include "base/err.h"
#include "git/oid.h"

#include <stddef.h>

struct ref {
	char *name; /* "refs/heads/main" */
	struct oid id;
	bool symbolic;
};

struct refs {
	struct ref *list; /* by name, as strcmp orders; symbolic ones are resolved */
	size_t count;
	size_t cap;
	char *head;	    /* the branch that HEAD names, "refs/heads/main"; NULL when HEAD is detached */
	bool unborn;	    /* HEAD names a branch that is not there */
	struct oid head_id; /* what HEAD comes to, unless unborn */
};

#define REFS_INIT {0}

/* Reads HEAD in the open directory own_dir and the others in common_dir, which is the same but for linked work trees. -1 with a few words
 * when anything is broken or unusual. The caller releases refs either way. */
int refs_read(struct refs *refs, int own_dir, int common_dir, struct err *err);
void refs_release(struct refs *refs);

/* A full name ("refs/...") that git takes everywhere. */
bool refs_name_is_plain(const char *name);

/* The reference of that full name, NULL when there is none. */
const struct ref *refs_find(const struct refs *refs, const char *name);

/* The references whose names start with prefix: a pointer into the list and how many. */
const struct ref *refs_under(const struct refs *refs, const char *prefix, size_t *count);

#endif
