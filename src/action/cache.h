/* What commands said, kept for --cached: ~/.mrcache/NAME/DIRECTORY holds mr_output and mr_ret, as myrepos has them, so that files that
 * it wrote are understood and its shell extension goes on working.
 *
 * NAME is an action or a hook, DIRECTORY the absolute path of the repository as its section names it. mr_output holds both of the
 * command's streams as a terminal got them, mr_ret its wait status as a decimal number. */
#ifndef MR_ACTION_CACHE_H
#define MR_ACTION_CACHE_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

/* Which entry is meant. */
struct cache_key {
	const char *home;      /* $HOME, absolute */
	const char *name;      /* "status", "pre_status" */
	const char *directory; /* absolute; ".." and the like are resolved as text */
};

/* Reads an entry and adds the output to *output. false when there is none that is whole and tells of an exit. */
bool cache_load(const struct cache_key *key, int *exit_status, struct str *output);

/* Writes an entry; each of the two files is replaced at once, and a reader sees the old one or the new one. A crash of the machine may
 * lose them: nothing is synced. -1 with a message. */
int cache_store(const struct cache_key *key, int exit_status, struct slice output, struct err *err);

/* Removes an entry, if there is one, and the directories of the cache that are empty then. */
void cache_forget(const struct cache_key *key);

/* Adds text without what is meant for a terminal only: colours, cursor movements, titles. */
void cache_add_plain(struct str *out, struct slice text);

#endif
