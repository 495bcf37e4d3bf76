/* Shell commands that loading a configuration runs: include, chain, and the names of sections. */
#ifndef MR_REGISTRY_COMMAND_H
#define MR_REGISTRY_COMMAND_H

#include "base/str.h"

#include <stdbool.h>

/* Runs `sh -c text` in the process's environment and directory and waits for it. Standard input and error are the
 * caller's; standard output too when out is NULL, else it is added to out, at most limit bytes: a command that writes
 * more is killed. 0 with the wait status; or an error number: EFBIG for too much output, what spawning or waiting said
 * otherwise. */
int command_run(const char *text, struct str *out, size_t limit, int *status);

/* Is the text just this one word, with blanks around it? Then `true` and `false` need no shell. */
bool command_is(struct slice text, const char *word);

#endif
