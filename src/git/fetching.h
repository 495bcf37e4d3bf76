/* What the fetches of a repository have in common: everything is read and checked first, then FETCH_HEAD is written. */
#ifndef MR_GIT_FETCHING_H
#define MR_GIT_FETCHING_H

#include "base/err.h"
#include "base/str.h"
#include "git/fetch_map.h"
#include "git/index_file.h"
#include "git/layout.h"
#include "git/objects.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/settings.h"

struct fetching {
	const struct native_request *request;
	struct layout layout;
	struct settings settings;
	struct refs refs;
	struct index_file index;
	struct objects *objects;
	struct upstream upstream; /* of the current branch */
	char *hooks;		  /* the directory */
	struct str head;	  /* the lines of FETCH_HEAD so far */
	bool asks;		  /* a remote is to be asked first: then nothing is known */
};

#define FETCHING_INIT {.refs = REFS_INIT, .index = INDEX_FILE_INIT, .head = STR_INIT}

/* Reads the repository that the request is about. -1 with a few words unless a fetch in it is understood. The caller releases it
 * either way. */
int fetching_open(struct fetching *fetching, const struct native_request *request, struct err *err);
void fetching_release(struct fetching *fetching);

/* Compares with what a remote has. all: as with --prune and --tags. -1 with a few words unless a fetch would bring nothing, or no more
 * than what is put into news, which may be NULL. */
int fetching_compare(struct fetching *fetching, const char *remote, bool all, struct fetch_news *news, struct err *err);

/* Opens the objects, which a comparison does too, and looks at those that the references name. */
int fetching_open_objects(struct fetching *fetching, struct err *err);

/* Writes FETCH_HEAD. -1 with a message. */
int fetching_write(const struct fetching *fetching, struct err *err);

#endif
