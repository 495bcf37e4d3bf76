/* A part of a repository's history: from branches back to what remotes have. */
#ifndef MR_GIT_HISTORY_H
#define MR_GIT_HISTORY_H

#include "base/err.h"
#include "base/str.h"
#include "git/objects.h"

#include <stdint.h>

struct history_commit {
	struct oid id;
	struct oid tree;
	struct oid *parents;
	size_t parent_count;
	int64_t date;
	bool local, remote; /* a branch, a remote-tracking branch has it */
	char *message; /* NULL where nobody will want it */
};

struct history {
	struct history_commit **list; /* in the order in which they were met, tips first */
	size_t count;
	size_t cap;
	struct history_commit **slots; /* a hash table of them, open addressing */
	size_t slot_count; /* a power of two */
};

/* Commits. */
struct history_tips {
	struct oid *list;
	size_t count;
};

bool history_tips_have(const struct history_tips *tips, const struct oid *id);

/* Walks from both sides, newer commits first, until only what the remote side has is left, and a little further, as git does. The
 * parents of those in cut count for none. 0; 1 when it is longer or less simple than is worth while here; -1 with a few words. The caller
 * releases a zeroed history either way. */
int history_walk(struct history *history, struct objects *objects, const struct history_tips *cut, const struct history_tips *local,
		 const struct history_tips *remote, struct err *err);
void history_release(struct history *history);

/* Reads the commit of that id, all of it but for whose it is. 0; 1 when it is less simple than is worth while here; -1 with a few words. */
int history_read(struct history_commit *commit, struct objects *objects, struct err *err);

/* The first lines of a message up to an empty one, joined by blanks. For free(). */
char *history_subject(const char *message);

/* The commit of that name, NULL when it was not met. */
struct history_commit *history_find(const struct history *history, const struct oid *id);

#endif
