/* One tracked file against its entry in the index. */
#ifndef MR_GIT_CONTENT_H
#define MR_GIT_CONTENT_H

#include "base/err.h"
#include "git/index_file.h"
#include "git/settings.h"

#include <sys/stat.h>

/* Where the file is. */
struct content {
	const char *top;
	const struct settings *settings;
	const struct index_file *index;
	int dir;	  /* open directory */
	const char *name; /* in it */
};

/* Sets *change to ' ' or 'M'; st is what lstat() says of the file. -1 with a few words when git would say something
 * else, or would refresh the entry. */
int content_check(const struct content *content, const struct index_entry *entry, const struct stat *st, char *change,
		  struct err *err);

#endif
