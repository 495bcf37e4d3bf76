/* The tags and the text of an HTML page, one after the other, as a browser's tokenizer finds them in whatever it is given.
 *
 * Nothing is ever an error. Comments, declarations and what script, style, title and the like contain are passed over; a tag that the
 * page ends in is none. */
#ifndef MR_FETCH_HTML_H
#define MR_FETCH_HTML_H

#include "base/str.h"

enum html_kind { HTML_END, HTML_TEXT, HTML_OPEN, HTML_CLOSE };

/* Where a reading stands: {.rest = page} at first. The page must stay. */
struct html {
	struct slice rest;
	struct slice inside; /* the element whose contents are no HTML; empty: none */
};

/* Views into the page. */
struct html_token {
	struct slice text;       /* of HTML_TEXT, as written */
	struct slice name;       /* of HTML_OPEN and HTML_CLOSE, as written: html_is() compares it */
	struct slice attributes; /* of HTML_OPEN */
};

enum html_kind html_next(struct html *html, struct html_token *token);

/* Are these the same but for the case of ASCII letters? */
bool html_is(struct slice name, const char *word);

/* Adds the value of a tag's first attribute of that name, with its character references replaced (numbers, amp, lt, gt, quot, apos;
 * the result is UTF-8). false when the tag has no such attribute. */
bool html_attribute(const struct html_token *token, const char *name, struct str *value);

#endif
