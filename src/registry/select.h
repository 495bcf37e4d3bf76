/* Which repositories a run acts on, and in which order.
 *
 * Selection looks at names only: a path that nobody asked for is never touched, so that a dead mount elsewhere hangs nothing. Only
 * when no name fits are the registered paths resolved, to find a repository that is reached through a symbolic link. */
#ifndef MR_REGISTRY_SELECT_H
#define MR_REGISTRY_SELECT_H

#include "registry/registry.h"

struct repo {
	const struct section *section;
	char *path;  /* absolute, normalised as text; links not resolved */
	long parent; /* index of the nearest repository before this one that holds it, or -1 */
	bool is_copy; /* it comes from another one; see sources.h */
};

struct selection {
	struct repo *list; /* by order, then directory of the config, then section name */
	size_t count;
	bool leaf; /* nothing is registered at or below the directory; the one repository is the one around it */
};

struct select_opts {
	const char *directory; /* where to work: absolute, physical */
	const char *logical;   /* the same as the user calls it ($PWD, -d); may be NULL */
	const char *home;      /* $HOME, which may be a link */
	long max_depth;        /* -n; -1 for none */
};

/* Selects among the sections from index first on (0 for all). Never fails: nothing found is a count of 0. */
void select_repos(struct selection *out, const struct registry *registry, const struct select_opts *opts, size_t first);

/* Forgets all but the first count repositories. */
void selection_truncate(struct selection *selection, size_t count);
void selection_release(struct selection *selection);

#endif
