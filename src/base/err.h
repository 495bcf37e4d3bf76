/* Errors as values: one whole message for a person, made where the cause is known.
 *
 * A function that can fail takes a struct err * last and returns 0, or -1 with a message in it; on success it leaves the err
 * untouched. A message names what failed (file, line, directory) and why, and ends without a newline; whoever prints it adds
 * that. The caller owns the err: ERR_INIT before, err_release() after. A message set over another replaces it. */
#ifndef MR_BASE_ERR_H
#define MR_BASE_ERR_H

#include "base/mem.h"

#include <stdbool.h>

struct err {
	char *text; /* owned; NULL while nothing failed */
};

#define ERR_INIT {NULL}

/* Sets the message and returns -1. err_sys() adds ": " and what errnum means. */
int err_set(struct err *err, const char *format, ...) MR_PRINTF(2, 3);
int err_sys(struct err *err, int errnum, const char *format, ...) MR_PRINTF(3, 4);

/* The message, "" when there is none. */
const char *err_text(const struct err *err);
bool err_is_set(const struct err *err);
void err_release(struct err *err);

#endif
