/* Reading one configuration file into the registry. */
#ifndef MR_REGISTRY_LOAD_H
#define MR_REGISTRY_LOAD_H

#include "registry/model.h"

/* A file that is to be read, as if it were DIR/.mrconfig. Texts are the registry's. */
struct pending {
	const char *path;
	const char *dir;    /* NULL: the one that path is in */
	const char *source; /* what trust errors call it; NULL: path, and another remedy */
};

/* Files to read; the last one is the next. */
struct pending_list {
	struct pending *list;
	size_t len;
	size_t cap;
};

void pending_add(struct pending_list *pending, struct pending file);

/* Reads the built-in library. */
int load_builtin(struct registry *registry, struct err *err);

/* Reads a file, unless it was read before, and adds those that it chains to, in their order. A missing file only makes
 * its directory known. -1 with a message. */
int load_file(struct registry *registry, struct pending file, struct pending_list *found, struct err *err);

/* Was the section's own .mrconfig read already? */
bool load_chain_is_loaded(const struct section *section);

/* Is there a DIR/.mrconfig for the section, and does its chain test say yes? Then it is added. -1 with a message when
 * the test was interrupted. */
int load_test_chain(struct section *section, struct pending_list *found, struct err *err);

#endif
