/* The object database of a repository. */
#ifndef MR_GIT_OBJECTS_H
#define MR_GIT_OBJECTS_H

#include "base/err.h"
#include "base/str.h"
#include "git/commit_graph.h"
#include "git/oid.h"
#include "git/pack.h"
#include "git/refs.h"

#include <stddef.h>
#include <stdint.h>

struct objects;

/* The database of git_dir, alternates included; dir: git_dir, open for as long, or -1. Nothing is opened before it is needed.
 * objects_close(NULL) is nothing. */
struct objects *objects_open(const char *git_dir, int dir);
void objects_close(struct objects *objects);

/* Has something failed because objects are damaged or cannot be read? git complains of such ones wherever it meets them. */
bool objects_broken(const struct objects *objects);

/* Is there such an object? 1, 0, or -1 with a few words. */
int objects_have(struct objects *objects, const struct oid *id, struct err *err);

/* The same, and is it, where it is loose, not damaged? */
int objects_have_whole(struct objects *objects, const struct oid *id, struct err *err);

/* Has every reference an object, which is whole if that is wanted, is none replaced by the rules of refs/replace, and is the commit-graph
 * sound? git speaks of the others, and we do not know the second. -1 with a few words. */
int objects_check_refs(struct objects *objects, const struct refs *refs, bool whole, struct err *err);

/* Has a commit its parents, as far as loose ones whole? -1 with a few words. */
int objects_check_parents(struct objects *objects, const struct oid *commit, struct err *err);

/* Is it an annotated tag, and of what in the end? */
int objects_peel(struct objects *objects, const struct oid *id, bool *peels, struct oid *peeled, struct err *err);

/* The content of an object, added to out. Its name was checked, and a commit held against the commit-graph, which git believes. */
int objects_read(struct objects *objects, const struct oid *id, enum object_type *type, struct str *out, struct err *err);

/* What git takes from the commit-graph instead of reading the commit. 0; 1 when it reads it, as far as can be told; -1 with a few words.
 * Never 0 before objects_believe_graph(), which is to be called where git may use it. */
int objects_know(struct objects *objects, const struct oid *commit, struct commit_facts *facts, struct err *err);
void objects_believe_graph(struct objects *objects);

/* What an annotated tag is of in the end; *peeled becomes id itself for anything else. Reads all of them, as git does. 0; 1 when that is
 * not simple; -1 with a few words. */
int objects_peel_simply(struct objects *objects, const struct oid *id, struct oid *peeled, struct err *err);

/* How many digits of a commit's name git shows, *digits at least; when that is 0 as many as it does by default. 0; 1 when that is not
 * simple; -1 with a few words. */
int objects_abbreviate(struct objects *objects, const struct oid *id, size_t *digits, struct err *err);

/* The tree of a commit. */
int objects_tree_of(struct objects *objects, const struct oid *commit, struct oid *tree, struct err *err);

/* How many commits only ours, only theirs has. */
int objects_distance(struct objects *objects, const struct oid *ours, const struct oid *theirs, size_t *ahead, size_t *behind,
		     struct err *err);

/* How two commits relate: ours is theirs or has it, or theirs has ours, or neither. */
enum objects_relation { OBJECTS_AHEAD, OBJECTS_BEHIND, OBJECTS_APART };
int objects_relate(struct objects *objects, const struct oid *ours, const struct oid *theirs, enum objects_relation *relation,
		   struct err *err);

#endif
