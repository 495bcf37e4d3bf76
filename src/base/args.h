/* Argument vectors: owned strings behind a NULL, as execv() takes them. */
#ifndef MR_BASE_ARGS_H
#define MR_BASE_ARGS_H

#include <stddef.h>

struct args {
	char **list; /* len strings and a NULL; NULL while empty */
	size_t len;
	size_t cap;
};

#define ARGS_INIT {NULL, 0, 0}

/* Adds a copy of text; args_take() adds text itself, which then belongs to the vector. */
void args_push(struct args *args, const char *text);
void args_take(struct args *args, char *text);
void args_release(struct args *args);

#endif
