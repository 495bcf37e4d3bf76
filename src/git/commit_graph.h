/* git's commit-graph files, which only repeat what the commits say: they are not used here, but git complains of broken ones. */
#ifndef MR_GIT_COMMIT_GRAPH_H
#define MR_GIT_COMMIT_GRAPH_H

#include "base/err.h"

/* -1 with a few words when git might complain of one of those of git_dir. What stands in their tables is not compared with the commits. */
int commit_graph_check(const char *git_dir, struct err *err);

#endif
