/* See refspec.h. */
#include "git/refspec.h"

#include "base/str.h"
#include "git/refs.h"

#include <stdlib.h>
#include <string.h>

/* A full name, in which a star may stand for anything. */
static bool side_is_plain(const char *side, bool *star)
{
	char *name = mem_strdup(side);
	char *found = strchr(name, '*');
	if (found)
		*found = 'x';
	bool plain = refs_name_is_plain(name);
	*star = found != NULL;
	free(name);
	return plain;
}

int refspec_parse(struct refspec *spec, const char *text, struct err *err)
{
	const char *from = text + (*text == '+');
	const char *colon = strchr(from, ':');
	bool star, to_star;
	if (colon) {
		spec->from = mem_dup(from, (size_t)(colon - from));
		spec->to = mem_strdup(colon + 1);
	}
	if (!colon || !side_is_plain(spec->from, &star) || !side_is_plain(spec->to, &to_star) || star != to_star)
		return err_set(err, "the refspec %.100s is not plain", text);
	spec->pattern = star;
	return 0;
}

void refspec_release(struct refspec *spec)
{
	free(spec->from);
	free(spec->to);
	*spec = (struct refspec){0};
}

/* Does name fit to the side with this star, and what would the other side then be? */
static char *translate(const char *side, const char *name, const char *other)
{
	const char *star = strchr(side, '*'), *other_star = strchr(other, '*');
	if (!star)
		return strcmp(side, name) ? NULL : mem_strdup(other);
	size_t head = (size_t)(star - side), tail = strlen(star + 1), len = strlen(name);
	if (len < head + tail || memcmp(side, name, head) != 0 || memcmp(star + 1, name + len - tail, tail) != 0)
		return NULL;
	return mem_format("%.*s%.*s%s", (int)(other_star - other), other, (int)(len - head - tail), name + head,
			  other_star + 1);
}

char *refspec_tracking(const struct refspec *spec, const char *theirs)
{
	return translate(spec->from, theirs, spec->to);
}

char *refspec_source(const struct refspec *spec, const char *ours)
{
	return translate(spec->to, ours, spec->from);
}
