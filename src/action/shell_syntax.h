/* The shape of shell text: where words, commands and function bodies end. No meaning, and nothing that shells see differently. */
#ifndef MR_ACTION_SHELL_SYNTAX_H
#define MR_ACTION_SHELL_SYNTAX_H

#include "base/str.h"

struct shell_syntax {
	struct slice rest; /* what is still to be read */
	bool doubt;	   /* something was not understood: all that follows is void */
	int depth;
};

/* Skips blanks, comments and continued lines; with lines set also newlines. */
void shell_skip(struct shell_syntax *syntax, bool lines);

/* Takes a word off the front, as it is written, quotes and all; empty when there is none. */
struct slice shell_word(struct shell_syntax *syntax);

/* Takes this text off the front, if it is there. */
bool shell_take(struct shell_syntax *syntax, const char *text);

/* Skips what a function's body may be: { ... }. */
void shell_skip_body(struct shell_syntax *syntax);

#endif
