/* The text of one configuration file, by the grammar of git-config(1). */
#ifndef MR_GIT_CONFIG_FILE_H
#define MR_GIT_CONFIG_FILE_H

#include "base/err.h"
#include "base/str.h"

struct config_entry {
	const char *key;   /* "section.name", or "section.subsection.name"; all but the subsection in lower case */
	const char *value; /* NULL: the name stands alone, which means true */
	int known;	   /* for whom settings.c has found the entry harmless */
};

struct config_file {
	char *path;
	struct config_entry *list; /* in the file's order */
	size_t count;
	size_t cap;
	struct str text; /* private: what keys and values point into */
};

/* Parses text. 0, or -1 with a message that names path and line where git would stop with an error, or where its versions disagree.
 * The caller releases a zeroed file either way. */
int config_file_parse(struct config_file *file, const char *path, struct slice text, struct err *err);
void config_file_release(struct config_file *file);

#endif
