/* The text of the built-in library, builtin.mrconfig. */
#ifndef MR_REGISTRY_BUILTIN_H
#define MR_REGISTRY_BUILTIN_H

#include "base/str.h"

/* A view of the constant text. */
struct slice builtin_text(void);

#endif
