/* From the bytes of a .mrconfig to its sections and settings, in order, with included text in place.
 *
 * A line is blank, a comment (`#` after optional blanks), a [section] at column 0, `name = value` at column 0, or the
 * continuation of a value: one blank byte, which is dropped, and something after it. Anything else is broken. A
 * carriage return at the end of a line is no part of it. Lines may be of any length and hold any byte. inih does the
 * parsing; reader.c tells how its limits are kept away from the text. */
#ifndef MR_REGISTRY_READER_H
#define MR_REGISTRY_READER_H

#include "base/err.h"
#include "base/str.h"
#include "registry/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct reader;

/* Called for each item in turn. They return 0, or -1 with a message in the err that their context knows: then reading
 * stops. Texts are followed by a NUL that len does not count (but for a section's and a setting's name); they point
 * into the text that is read or into the arena. */
struct reader_handler {
	int (*section)(void *context, struct reader *reader, struct slice name);
	int (*setting)(void *context, struct reader *reader, struct slice name, struct slice value);
	int (*broken)(void *context, struct reader *reader);
	void *context;
};

/* Reads len bytes of text. text[len] must be writable: the ends of lines are overwritten. 0, or -1 when a handler said
 * so or, with a message in err that names the file, when inih cannot go on. */
int reader_run(const char *file, char *text, size_t len, const struct reader_handler *handler, struct arena *arena,
	       struct err *err);

/* From within the setting handler: this text comes next, before the rest. The same conditions as for reader_run(); the
 * bytes must stay as long as the values are used. false when includes are nested too deep. */
bool reader_include(struct reader *reader, char *text, size_t len);

/* The current item: the line in the file of its first and of its last line (for included text, of the include), the
 * first and the last line themselves, and whether they were included. */
struct reader_place {
	unsigned first_line;
	unsigned last_line;
	struct slice first;
	struct slice last;
	bool included;
};

const struct reader_place *reader_place(const struct reader *reader);

#endif
