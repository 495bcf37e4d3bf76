/* See wildmatch.h. One pass over the text that goes back to the last '*' and, when that cannot stretch further because
 * a slash is in its way, to the last "**". Going back further than that never helps: an earlier match leaves more text
 * for what follows, so the time is bounded by the product of the lengths whatever the pattern. */
#include "git/wildmatch.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* Where to go on after a mismatch: the pattern behind the star, and how far the star reached into the text. */
struct retry {
	const char *pattern;
	const char *text;
};

/* As git's own isspace(): neither a vertical tab nor a form feed is one. */
static int is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* 1 or 0; -1 when there is no class of that name. */
static int in_class(const char *name, size_t len, unsigned char c)
{
	static const struct {
		const char *name;
		int (*test)(int);
	} classes[] = {
	    {"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl},
	    {"digit", isdigit}, {"graph", isgraph}, {"lower", islower}, {"print", isprint},
	    {"punct", ispunct}, {"space", is_space}, {"upper", isupper}, {"xdigit", isxdigit},
	};
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (strlen(classes[i].name) == len && !memcmp(classes[i].name, name, len))
			return c < 128 && classes[i].test(c) != 0;
	return -1;
}

/* Matches c against the bracket expression whose text follows '['. Returns what follows its ']', NULL when it is
 * malformed. */
static const char *match_bracket(const char *p, unsigned char c, bool *matches)
{
	bool negated = *p == '!' || *p == '^';
	bool found = false, first = true;
	if (negated)
		p++;
	for (; first || *p != ']'; first = false) {
		if (p[0] == '[' && p[1] == ':') {
			const char *end = strchr(p + 2, ']');
			if (!end)
				return NULL;
			if (end > p + 2 && end[-1] == ':') {
				int is_in = in_class(p + 2, (size_t)(end - 1 - (p + 2)), c);
				if (is_in < 0)
					return NULL;
				found |= is_in == 1;
				p = end + 1;
				continue;
			}
		}
		if (*p == '\\')
			p++;
		if (!*p)
			return NULL;
		unsigned char low = (unsigned char)*p++, high = low;
		if (p[0] == '-' && p[1] && p[1] != ']') {
			p += p[1] == '\\' ? 2 : 1;
			if (!*p)
				return NULL;
			high = (unsigned char)*p++;
		}
		found |= c == low || (c >= low && c <= high); /* the first also when the range is empty */
	}
	*matches = found != negated;
	return p + 1;
}

/* Matches one byte of text; returns the pattern behind what matched it, NULL on a mismatch. */
static const char *match_one(const char *p, char c, bool paths)
{
	bool matches = false;
	switch (*p) {
	case '?':
		return paths && c == '/' ? NULL : p + 1;
	case '[':
		p = match_bracket(p + 1, (unsigned char)c, &matches);
		return p && matches && !(paths && c == '/') ? p : NULL;
	case '\\':
		p++;
		/* fallthrough */
	default:
		return *p && *p == c ? p + 1 : NULL;
	}
}

/* Stands the run of stars at p between slashes (or the pattern's ends)? */
static bool is_double_star(const char *pattern, const char *p, const char *after)
{
	return after - p >= 2 && (p == pattern || p[-1] == '/') && (!*after || *after == '/');
}

/* The next place that "**" followed by a slash may stand for; false when there is none. */
static bool stretch_double(struct retry *retry)
{
	const char *slash = strchr(retry->text, '/');
	if (!slash)
		return false;
	retry->text = slash + 1;
	return true;
}

bool wildmatch(const char *pattern, const char *text, bool paths)
{
	struct retry star = {NULL, NULL}, deep = {NULL, NULL};
	const char *p = pattern;
	for (;;) {
		if (*p == '*') {
			const char *after = p + strspn(p, "*");
			if (!paths || !is_double_star(pattern, p, after)) {
				star = (struct retry){after, text};
				p = after;
			} else if (!*after) {
				return true;
			} else {
				deep = (struct retry){after + 1, text};
				star.pattern = NULL;
				p = after + 1;
			}
			continue;
		}
		if (!*text && !*p)
			return true;
		const char *next = *text ? match_one(p, *text, paths) : NULL;
		if (next) {
			p = next;
			text++;
		} else if (star.pattern && *star.text && !(paths && *star.text == '/')) {
			text = ++star.text;
			p = star.pattern;
		} else if (deep.pattern && stretch_double(&deep)) {
			text = deep.text;
			p = deep.pattern;
			star.pattern = NULL;
		} else {
			return false;
		}
	}
}
