/* git's configuration: which files there are, what they include, in which order they count.
 *
 * The files of the system and the user, with what they include, are read once a process; see config_forget(). */
#ifndef MR_GIT_CONFIG_H
#define MR_GIT_CONFIG_H

#include "base/err.h"
#include "git/config_file.h"

/* The repository whose configuration is meant. */
struct config_place {
	const char *git_dir; /* absolute and physical */
	const char *config;  /* its configuration file: "config" in a directory */
	int dir;	     /* which is open here, or -1 */
	bool alone;	     /* only that file counts, and what it includes */
};

/* Called for each entry in its order, includes among them, before what they include; nonzero ends the reading with -1. */
typedef int config_visit(void *cookie, struct config_entry *entry, struct err *err);

/* Reads all of it. own is filled with the repository's file, which holds its entries' texts; the caller releases it either way. The
 * others stay until config_forget(). -1 with a few words when something is not understood. */
int config_read(const struct config_place *place, struct config_file *own, config_visit *visit, void *cookie, struct err *err);

/* Reads the files of the system and the user alone, as they count for the repository. -1 likewise. */
int config_read_user(const struct config_place *place, config_visit *visit, void *cookie, struct err *err);

/* The branch that HEAD in a git directory names, "" when it names none. For free(); NULL with a message. */
char *config_branch(const char *git_dir, struct err *err);

/* Forgets all that is kept: when the files may have changed. */
void config_forget(void);

#endif
