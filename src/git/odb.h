/* The object database, read without libgit2 as far as that is simple: what is not large and not in another database. It spares the common
 * case what opening libgit2 costs. Whatever git would complain of in an object, its pack or the multi-pack-index is a failure. */
#ifndef MR_GIT_ODB_H
#define MR_GIT_ODB_H

#include "base/err.h"
#include "base/str.h"
#include "git/oid.h"
#include "git/pack.h"

struct odb;

/* objects_dir: seen from dir, which stays open as long. Nothing is opened yet; odb_close(NULL) is nothing. */
struct odb *odb_open(int dir, const char *objects_dir);
void odb_close(struct odb *odb);

enum odb_answer {
	ODB_FAILED = -1, /* something is damaged or unusual; a message says what */
	ODB_FOUND,
	ODB_UNKNOWN, /* not there, or in a form that is not read here: others may know */
};

/* Is there an object of that name? */
enum odb_answer odb_find(struct odb *odb, const struct oid *id, struct err *err);

/* Is it packed, or else a loose object that is whole? What is packed is not read: a crash damages what was written last. */
enum odb_answer odb_check_loose(struct odb *odb, const struct oid *id, struct err *err);

/* Is it there as a commit, packed? That is all that git looks at of one that is in the commit-graph. ODB_UNKNOWN when it may be there
 * otherwise. */
enum odb_answer odb_find_commit(struct odb *odb, const struct oid *id, struct err *err);

/* Adds the content of an object, whose name was checked, to out. */
enum odb_answer odb_read(struct odb *odb, const struct oid *id, enum object_type *type, struct str *out, struct err *err);

/* How many digits of id git shows, *digits at least: enough for no other object. When that is 0, more the more objects there are. */
enum odb_answer odb_abbreviate(struct odb *odb, const struct oid *id, size_t *digits, struct err *err);

#endif
