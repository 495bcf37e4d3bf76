/* What the sections and settings of a configuration mean, one after the other. */
#ifndef MR_REGISTRY_DEFINE_H
#define MR_REGISTRY_DEFINE_H

#include "registry/load.h"

/* What is being read. The caller sets what stands above the line. */
struct definition {
	struct registry *registry;
	struct directory *dir;
	const char *file;   /* as messages call it */
	const char *source; /* what trust errors call it instead, or NULL */
	bool trusted;
	bool builtin;
	struct pending_list *found; /* where chained files go; NULL: nothing is chained */
	struct err *err;
	/* ---- */
	struct section *section; /* the current one; DEFAULT's is the directory's; NULL at the start and in ALIAS */
	bool in_alias;
};

/* Reads a whole text. -1 with a message in the definition's err. */
int define_all(struct definition *definition, struct slice text);

#endif
