/* Can the user's `lib` change what the built-in commands of git do?
 *
 * A lib is shell text that runs before every command. Most define functions and nothing else. This reader says yes to a text of which it
 * understands everything: comments, definitions of functions that no such command calls, and plain assignments to variables that no child
 * sees. It runs nothing, and in doubt the answer is no. */
#ifndef MR_ACTION_HARMLESS_H
#define MR_ACTION_HARMLESS_H

#include "base/str.h"

bool harmless_library(struct slice text);

#endif
