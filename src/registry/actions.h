/* The actions that settings make known, and the aliases for them. */
#ifndef MR_REGISTRY_ACTIONS_H
#define MR_REGISTRY_ACTIONS_H

#include "base/err.h"
#include "base/str.h"
#include "registry/layer.h"

struct actions {
	struct names *names;
	struct map known;    /* name -> interned name */
	struct map aliases;  /* name -> interned value */
	const char **sorted; /* both, each name once, as of actions_sort() */
	size_t sorted_len;
};

/* A setting of this name was seen: VCS_action makes action known, other names themselves. */
void actions_add(struct actions *actions, struct slice setting);

/* The value may hold any byte but NUL. */
void actions_alias(struct actions *actions, struct slice name, struct slice value);

/* See registry_action(). */
int actions_find(const struct actions *actions, const char *word, const char **out, struct err *err);

/* Brings the sorted list up to date. */
void actions_sort(struct actions *actions);

void actions_release(struct actions *actions);

#endif
