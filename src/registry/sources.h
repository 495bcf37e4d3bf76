/* Which repositories are copied from others of the same run: `git clone ~/mirrors/a.git a`. */
#ifndef MR_REGISTRY_SOURCES_H
#define MR_REGISTRY_SOURCES_H

#include "registry/select.h"

/* Sets is_copy where a checkout command names a path at or below a repository that comes before it. home: for ~ and $HOME; may be
 * NULL. Nothing on disk is looked at. */
void sources_mark(struct selection *selection, const char *home);

#endif
