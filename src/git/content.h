/* One tracked file against its entry in the index. */
#ifndef MR_GIT_CONTENT_H
#define MR_GIT_CONTENT_H

#include "base/err.h"
#include "git/attributes.h"
#include "git/index_file.h"
#include "git/settings.h"

#include <sys/stat.h>

/* Where the file is. */
struct content {
	struct attributes *attributes;
	const struct settings *settings;
	uint32_t index_written; /* as struct index_file has it */
	int dir;		/* open directory */
	const char *name;	/* in it */
	bool read;		/* set when the content was compared, and not the stat data alone */
};

/* What `git status` makes of it. */
enum content_answer {
	CONTENT_FAILED = -1, /* git may say something else; a message says why */
	CONTENT_SAME,
	CONTENT_MODIFIED,
	CONTENT_TYPE,	  /* a link instead of a file or the reverse */
	CONTENT_REFRESH,  /* the same, but the entry's stat data are stale */
	CONTENT_SMUDGE,	  /* modified, but the entry's stat data are the file's */
};

/* st is what lstat() says of the file, which is a regular one or a link. */
enum content_answer content_check(struct content *content, const struct index_entry *entry, const struct stat *st,
				  struct err *err);

/* Is the entry not older than the index, so that its times prove nothing? */
bool content_is_racy(const struct index_entry *entry, uint32_t index_written);

#endif
