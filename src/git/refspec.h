/* One line of remote.NAME.fetch: which references of the remote are kept here, and under which names. */
#ifndef MR_GIT_REFSPEC_H
#define MR_GIT_REFSPEC_H

#include "base/err.h"

#include <stdbool.h>

struct refspec {
	char *from; /* full names, "refs/heads/main"; with pattern: with one '*' */
	char *to;
	bool pattern;
};

/* -1 with a few words for what is not understood: negative ones, abbreviated names, object ids, those that keep nothing. The caller
 * releases a zeroed refspec either way. */
int refspec_parse(struct refspec *spec, const char *text, struct err *err);
void refspec_release(struct refspec *spec);

/* What the remote's reference is called here; what the remote calls a reference of ours. NULL when it is not covered. For free(). */
char *refspec_tracking(const struct refspec *spec, const char *theirs);
char *refspec_source(const struct refspec *spec, const char *ours);

#endif
