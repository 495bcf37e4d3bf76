/* Byte strings: a growing buffer that owns its bytes, and a view of bytes that somebody else owns.
 *
 * Both may hold NUL and any other byte. A buffer's data is always followed by a NUL that len does not count, and data is
 * never NULL once something was added; str_cstr() is safe before that too. */
#ifndef MR_BASE_STR_H
#define MR_BASE_STR_H

#include "base/mem.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
	char *data; /* owned; NULL while nothing was added */
	size_t len;
	size_t cap;
};

#define STR_INIT {NULL, 0, 0}

/* A view: valid as long as its owner keeps the bytes. */
struct slice {
	const char *ptr;
	size_t len;
};

/* Frees the contents; the buffer is empty and usable again. */
void str_release(struct str *s);

/* Empties the buffer and keeps its memory. */
void str_clear(struct str *s);

/* Cuts the buffer to its first len bytes. */
void str_truncate(struct str *s, size_t len);

/* Gives the contents away as a string for free(); the buffer is empty afterwards. Never NULL. */
char *str_detach(struct str *s);

/* Makes room for extra more bytes and returns where they go; the caller adds what it wrote to len with str_commit(). */
char *str_room(struct str *s, size_t extra);
void str_commit(struct str *s, size_t added);

void str_add(struct str *s, const void *bytes, size_t len);
void str_adds(struct str *s, const char *text);
void str_addc(struct str *s, char c);
void str_addf(struct str *s, const char *format, ...) MR_PRINTF(2, 3);
void str_addv(struct str *s, const char *format, va_list args) MR_PRINTF(2, 0);
void str_add_slice(struct str *s, struct slice bytes);

/* Removes the first len bytes. */
void str_consume(struct str *s, size_t len);

/* The contents as a C string, "" when empty; valid until the next change. */
const char *str_cstr(const struct str *s);
struct slice str_slice(const struct str *s);

/* Views. slice_trim() takes ASCII white space off both ends. */
struct slice slice_of(const char *text);
struct slice slice_make(const char *ptr, size_t len);
struct slice slice_trim(struct slice s);
bool slice_equal(struct slice a, struct slice b);
bool slice_is(struct slice s, const char *text);
bool slice_starts(struct slice s, const char *prefix);
bool slice_ends(struct slice s, const char *suffix);
bool slice_holds(struct slice s, const char *text); /* text is not empty */
bool slice_has_nul(struct slice s);

/* Byte order as the C locale and memcmp have it; a prefix comes first. */
int slice_compare(struct slice a, struct slice b);

/* Takes the next word between ASCII white space off *rest; false when there is none left. */
bool slice_word(struct slice *rest, struct slice *word);

/* ASCII classes that no locale changes: [ \t\n\r\f\v] and [A-Za-z0-9_]. */
bool byte_is_blank(char c);
bool byte_is_word(char c);

#endif
