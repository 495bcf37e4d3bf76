/* The index (.git/index), versions 2 to 4, and writing stat data back to it.
 *
 * Accepted are entries with the flags of enum index_flag, and no extension but those that do not change what the entries mean; no
 * submodules. The file may be damaged or hostile: everything is checked. */
#ifndef MR_GIT_INDEX_FILE_H
#define MR_GIT_INDEX_FILE_H

#include "base/err.h"
#include "base/str.h"
#include "git/map.h"
#include "git/oid.h"

#include <stdint.h>

struct index_time {
	uint32_t seconds;
	uint32_t nanoseconds;
};

enum index_flag {
	INDEX_ASSUMED = 1, /* `git update-index --assume-unchanged` */
	INDEX_INTENDED = 2, /* `git add --intent-to-add` */
};

struct index_entry {
	const char *path; /* relative to the top; no empty, "." , ".." or ".git" component */
	size_t path_len;
	size_t at; /* where it starts in the file */
	unsigned char stage; /* 0; 1 to 3 in a conflict */
	unsigned char flags; /* of enum index_flag */
	struct index_time changed;  /* ctime */
	struct index_time modified; /* mtime */
	uint32_t inode, uid, gid, size;
	uint32_t mode; /* MODE_FILE, MODE_PROGRAM or MODE_LINK */
	struct oid id;
};

struct index_file {
	struct index_entry *entries; /* by path, as memcmp orders, then by stage */
	size_t count;
	bool has_conflicts;
	bool has_intended;
	uint32_t written; /* when the file was last written, seconds; 0 when there is none */
	struct slice cached; /* the extension TREE, see tree.h; {NULL, 0} when there is none */
	bool is_writable; /* private: index_file_write() could write all that there is */
	struct map map;	  /* private: paths point into it, */
	struct str paths; /* private: or, in version 4, into this */
};

#define INDEX_FILE_INIT {0}

/* Reads the file name of the open directory dir; a missing one is empty. -1 with a few words on what is not understood. The caller
 * releases it either way. */
int index_file_read(struct index_file *file, int dir, const char *name, struct err *err);
void index_file_release(struct index_file *file);

/* The entry of that path, of stage 0 or the first; NULL when there is none. */
const struct index_entry *index_file_find(const struct index_file *file, const char *path);

/* What is to be different in an entry. */
struct index_patch {
	size_t entry;
	bool smudge; /* its size becomes 0, which says that its times prove nothing; else it gets st */
	struct stat st;
};

/* Can index_file_write() write this index as git would? */
bool index_file_is_writable(const struct index_file *file);

/* Writes the file anew with the patches, as `git status` does: under PATH.lock, and only if nobody has written it since it was read. A
 * lock that is taken is as good as success: the file is then as it was. -1 when the disk is full or the like, where git fails. */
int index_file_write(const struct index_file *file, const char *path, const struct index_patch *patches, size_t count, struct err *err);

#endif
