/* Keeping what an untrusted configuration checks out below its own directory: a checkout can bring symbolic links, and a later one
 * could go through them. */
#ifndef MR_ACTION_CONFINE_H
#define MR_ACTION_CONFINE_H

#include "base/str.h"
#include "registry/registry.h"

/* Would the section's checkout, as it is run in directory cwd (which need not be there yet), leave the directory of an untrusted
 * configuration? NULL if it stays, else the path that leads out. For free(). */
char *confine_checkout(const struct section *section, const char *cwd, struct slice command);

#endif
