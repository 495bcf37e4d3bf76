/* The shell text of a command, and whether a shell is needed for it at all. */
#ifndef MR_ACTION_SCRIPT_H
#define MR_ACTION_SCRIPT_H

#include "base/args.h"
#include "base/err.h"
#include "base/str.h"
#include "registry/registry.h"

/* Commands that are answered without a shell: `true` and `false` alone. */
enum script_constant { SCRIPT_RUNS, SCRIPT_TRUE, SCRIPT_FALSE };
enum script_constant script_constant(struct slice command);

/* Adds what `sh -c` gets: set -e, the library in force, a function holding the command, and its call with the parameters. */
void script_build(struct str *out, const struct setting *lib, struct slice command, const struct args *params);

/* How the text reaches the shell: as its argument, or, where the system would refuse so long an argument, in an unnamed file that
 * the shell reads as its descriptor 9. */
struct script {
	char *argv[4];
	struct str text;
	int fd; /* -1 when not needed */
};

#define SCRIPT_INIT {.text = STR_INIT, .fd = -1}

/* Completes argv and fd from the text. -1 with a message. */
int script_finish(struct script *script, struct err *err);
void script_release(struct script *script);

#endif
