/* The index (.git/index), versions 2 to 4, read and never written.
 *
 * Only plain indexes are accepted: no conflicts, no flags on entries, no submodules, and no extension but those that do
 * not change what the entries mean. The file may be damaged or hostile: everything is checked. */
#ifndef MR_GIT_INDEX_FILE_H
#define MR_GIT_INDEX_FILE_H

#include "base/err.h"
#include "base/str.h"
#include "git/oid.h"

#include <stdint.h>

struct index_time {
	uint32_t seconds;
	uint32_t nanoseconds;
};

struct index_entry {
	const char *path; /* relative to the top; no empty, "." , ".." or ".git" component */
	size_t path_len;
	struct index_time changed;  /* ctime */
	struct index_time modified; /* mtime */
	uint32_t inode, uid, gid, size;
	uint32_t mode; /* MODE_FILE, MODE_PROGRAM or MODE_LINK */
	struct oid id;
};

struct index_file {
	struct index_entry *entries; /* by path, as memcmp orders */
	size_t count;
	uint32_t written; /* when the file was last written, seconds; 0 when there is none */
	bool has_tree;	  /* the entries are exactly this tree, says the index */
	struct oid tree;
	struct str paths; /* private: what the entries' paths point into */
};

#define INDEX_FILE_INIT {0}

/* Reads the file; a missing one is empty. -1 with a few words on what is not understood. The caller releases it either
 * way. */
int index_file_read(struct index_file *file, const char *path, struct err *err);
void index_file_release(struct index_file *file);

/* The entry of that path, NULL when there is none. */
const struct index_entry *index_file_find(const struct index_file *file, const char *path);

#endif
