/* git's configuration: read as git reads it, every key held against the whitelist of policy.h, the few that matter
 * kept. */
#ifndef MR_GIT_SETTINGS_H
#define MR_GIT_SETTINGS_H

#include "base/err.h"
#include "git/config_file.h"
#include "git/policy.h"

#include <stdbool.h>
#include <stddef.h>

struct setting {
	const char *key; /* section and name in lower case */
	const char *value;
};

struct settings {
	struct setting *list; /* later ones win */
	size_t count;
	size_t cap;
	struct config_file own; /* the repository's file; the others are kept by config.c */
	bool file_mode;
	bool quote_path;
	bool relative_paths;
	bool converts_lines;   /* core.autocrlf: a carriage return in a file may not be what is compared */
	char *excludes_file;   /* core.excludesFile or its default, absolute; NULL for none */
	char *attributes_file; /* likewise */
};

/* Reads the system's, the user's and common_dir's configuration for a role; conditions are about git_dir. dir: common_dir,
 * open, or -1. -1 with a few words when a key is not understood. In the server role only common_dir's is kept. The caller
 * releases a zeroed settings either way. */
int settings_read(struct settings *settings, const char *git_dir, const char *common_dir, int dir, enum policy_role role, struct err *err);
void settings_release(struct settings *settings);

/* The only value of a key; NULL when it has none or several. */
const char *settings_only(const struct settings *settings, const char *key);

/* The last value of a key, NULL when it has none. */
const char *settings_last(const struct settings *settings, const char *key);

/* Where git looks for hooks: core.hooksPath, or a directory of common_dir. For free(); NULL with a message. */
char *settings_hooks(const struct settings *settings, const char *common_dir, struct err *err);

/* Is it one of the words for yes, or for no? */
bool settings_is_true(const char *value);
bool settings_is_false(const char *value);

#endif
