/* Messages between processes of one run: values and texts one behind the other.
 *
 * They stay on this machine and in this program, so that numbers go as they are in memory. What is taken off is checked
 * against the bytes that are there: a message that was cut short or mangled is never read beyond its end. */
#ifndef MR_BASE_MESSAGE_H
#define MR_BASE_MESSAGE_H

#include "base/args.h"
#include "base/str.h"

#include <stdint.h>

/* Bytes of any kind; a NUL is put behind them, so that the reader gets a C string where they hold none. */
void message_put_bytes(struct str *out, struct slice bytes);

/* A string, or NULL, which stays NULL. */
void message_put_text(struct str *out, const char *text);
void message_put_number(struct str *out, int64_t number);
void message_put_args(struct str *out, const struct args *args);

/* Take the next value off *in. false when what comes next is none; *in is then somewhere. Bytes and texts are views
 * into the message; args are added to *args. message_get_number() also fails for a number outside of least to most. */
bool message_get_bytes(struct slice *in, struct slice *bytes);
bool message_get_text(struct slice *in, const char **text);
bool message_get_number(struct slice *in, int64_t least, int64_t most, int64_t *number);
bool message_get_args(struct slice *in, struct args *args);

#endif
