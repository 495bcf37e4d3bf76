/* Whether the text of a configuration file is one that git takes. */
#ifndef MR_GIT_CONFIG_TEXT_H
#define MR_GIT_CONFIG_TEXT_H

#include "base/err.h"
#include "base/str.h"

/* libgit2 reads on where git stops with an error: an open quote, a name that starts with a digit. 0, or -1 with a
 * message that names file and line when the text is not plainly good. */
int config_text_check(struct slice text, const char *file, struct err *err);

#endif
