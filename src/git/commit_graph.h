/* git's commit-graph files, which repeat what the commits say. git believes them, reads no commit that is in one, and complains of broken
 * ones. */
#ifndef MR_GIT_COMMIT_GRAPH_H
#define MR_GIT_COMMIT_GRAPH_H

#include "base/err.h"
#include "git/oid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct commit_graph;

/* Opens those of an object directory, whose name is seen from dir; *graph becomes NULL when there are none. -1 with a few words when git
 * might complain of one. commit_graph_close(NULL) is nothing. */
int commit_graph_open(struct commit_graph **graph, int dir, const char *objects_dir, struct err *err);
void commit_graph_close(struct commit_graph *graph);

/* What git wants to know of a commit to walk on. */
struct commit_facts {
	struct oid tree;
	struct oid *parents; /* for free() */
	size_t parent_count;
	uint64_t date;
};

/* What it says of a commit. 0; 1 when it does not know it, graph being NULL, too; -1 with a few words when git might complain. */
int commit_graph_facts(const struct commit_graph *graph, const struct oid *id, struct commit_facts *facts, struct err *err);

/* Does it say the same of a commit as its own text, if anything? graph may be NULL. */
bool commit_graph_agrees(const struct commit_graph *graph, const struct oid *id, const char *text);

/* Opens and closes those of a git directory. */
int commit_graph_check(const char *git_dir, struct err *err);

#endif
