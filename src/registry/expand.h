/* Variables in section names: what `echo "NAME"` prints, without running it where that can be known. */
#ifndef MR_REGISTRY_EXPAND_H
#define MR_REGISTRY_EXPAND_H

#include "base/str.h"
#include "registry/arena.h"
#include "registry/map.h"

/* What the shell printed for a text; it is asked once for each. */
struct expander {
	struct arena *arena;
	struct map answers;
};

/* Expands text. The result lives in the arena, or is text itself when there is no `$` in it. $HOME,
 * ${HOME} and ${X:-word} are looked up in the environment; the shell gets what it might read in another way. 0, or the
 * error number of starting the shell. */
int expand_name(struct expander *expander, struct slice text, struct slice *out);

#endif
