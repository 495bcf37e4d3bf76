/* Quoting for the POSIX shell. */
#ifndef MR_BASE_QUOTE_H
#define MR_BASE_QUOTE_H

#include "base/str.h"

/* Adds text as one single-quoted shell word; any byte but NUL may stand in it. */
void quote_shell(struct str *out, struct slice text);

/* The same, but without the quotes where every shell takes the text for what it is. */
void quote_shell_if_needed(struct str *out, struct slice text);

#endif
