/* A shared library that is loaded when it is first needed, and not when the program starts.
 *
 * libgit2 and libcurl bring forty libraries with them: 10 ms at every start, most of which need neither. The library that the headers
 * at build time belong to is asked for by its name and version; functions keep the types of those headers. */
#ifndef MR_BASE_LIBRARY_H
#define MR_BASE_LIBRARY_H

#include "base/err.h"

#include <stddef.h>

/* A function and where the program keeps its address. */
struct library_function {
	const char *name;
	void *slot; /* of a pointer to that function */
};

/* Loads lib NAME of that interface version ("curl", "4") for the rest of the program's life and fills the slots. -1 with a message
 * when the library or one of the functions is not there. */
int library_load(const char *name, const char *version, const struct library_function *functions, size_t count, struct err *err);

#endif
