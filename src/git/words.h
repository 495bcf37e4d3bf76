/* What git says, in the user's language. */
#ifndef MR_GIT_WORDS_H
#define MR_GIT_WORDS_H

#include "base/err.h"
#include "base/str.h"

/* Adds git's translation of one of its messages, from its own catalogue. -1 with a few words when it is not known where that is, or when
 * no language is chosen that is understood here. */
int words_add(struct str *out, const char *message, struct err *err);

/* The same for a message with one %s, which is replaced. */
int words_add_about(struct str *out, const char *message, const char *what, struct err *err);

#endif
