/* Changing settings of one section of a .mrconfig. Only the lines concerned change: every other byte of the file stays. */
#ifndef MR_REGISTRY_EDIT_H
#define MR_REGISTRY_EDIT_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

/* One change: a value of any number of lines, or the removal of the setting when it is empty. */
struct edit {
	struct slice name;
	struct slice value;
};

/* Does a section header in the file mean the section? header is the text between the brackets. */
typedef bool edit_matches(void *context, struct slice header);

/* Rewrites text (a whole file) into out. A setting that is there more than once is changed where it counts, at its last place, and
 * removed everywhere. New settings go behind the last one of the section's first part, a new section to the end of the file under
 * the name section. Nothing to remove is no error. Read again, a value is the same but for three things that the format has no
 * place for: blanks before it and a newline at its end are gone, an empty line in it holds a blank. -1 with a message for a name
 * or value that no file can hold; each name may stand in edits only once. */
int edit_text(struct slice text, const char *section, edit_matches *matches, void *context, const struct edit *edits,
	      size_t count, struct str *out, struct err *err);

#endif
