/* libgit2, loaded when first needed: git2.commit_free() is git_commit_free(). Only what includes this knows libgit2. */
#ifndef MR_GIT_LIBRARY_H
#define MR_GIT_LIBRARY_H

#include "base/err.h"

#include <git2.h>
#include <git2/sys/repository.h>

#define GIT2_FUNCTIONS(_)                                                                                                      \
	_(error_last)                                                                                                          \
	_(graph_ahead_behind)                                                                                                  \
	_(graph_reachable_from_any)                                                                                            \
	_(libgit2_init)                                                                                                        \
	_(object_free)                                                                                                         \
	_(object_id)                                                                                                           \
	_(odb_exists)                                                                                                          \
	_(odb_free)                                                                                                            \
	_(odb_object_data)                                                                                                     \
	_(odb_object_free)                                                                                                     \
	_(odb_object_size)                                                                                                     \
	_(odb_object_type)                                                                                                     \
	_(odb_open)                                                                                                            \
	_(odb_read)                                                                                                            \
	_(odb_read_header)                                                                                                     \
	_(oid_fromraw)                                                                                                         \
	_(repository_free)                                                                                                     \
	_(repository_wrap_odb)                                                                                                 \
	_(tag_free)                                                                                                            \
	_(tag_lookup)                                                                                                          \
	_(tag_peel)

struct git2 {
#define GIT2_MEMBER(name) __typeof__(&git_##name) name;
	GIT2_FUNCTIONS(GIT2_MEMBER)
#undef GIT2_MEMBER
};

extern struct git2 git2;

/* Loads and initialises it at the first call. -1 with a message; then git2 must not be used. */
int git2_load(struct err *err);

#endif
