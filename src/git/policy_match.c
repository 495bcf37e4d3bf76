/* See policy_match.h. */
#include "git/policy_match.h"

#include "base/str.h"

#include <string.h>
#include <strings.h>

bool policy_key_fits(const char *rule, const char *key)
{
	/* No section's name is shorter: most rules are done with here. */
	if (rule[0] != key[0] || rule[1] != key[1])
		return false;
	size_t len = strlen(rule);
	if (rule[len - 1] == '*')
		return !strncmp(rule, key, len - 1);
	const char *any = strstr(rule, ".?.");
	if (!any)
		return !strcmp(rule, key);
	size_t head = (size_t)(any - rule) + 1; /* with its dot */
	size_t tail = len - head - 1;		/* likewise */
	size_t key_len = strlen(key);
	return key_len > head + tail && !strncmp(rule, key, head) && !strcmp(rule + head + 1, key + key_len - tail);
}

static bool is_in(struct slice value, const char *words)
{
	struct slice rest = slice_of(words), word;
	while (slice_word(&rest, &word))
		if (word.len == value.len && !strncasecmp(word.ptr, value.ptr, word.len))
			return true;
	return false;
}

static bool is_yes(struct slice value)
{
	return is_in(value, "true yes on 1");
}

static bool is_no(struct slice value)
{
	return is_in(value, "false no off 0");
}

/* Decimal: with a zero in front git reads an octal one. */
static bool is_number(struct slice value)
{
	if (value.len > 1 && *value.ptr == '0')
		return false;
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] < '0' || value.ptr[i] > '9')
			return false;
	return value.len > 0 && value.len < 10;
}

static bool is_size(struct slice value)
{
	bool unit = value.len && strchr("kmgKMG", value.ptr[value.len - 1]);
	return is_number(slice_make(value.ptr, value.len - unit));
}

static bool is_lower(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] < 'a' || word.ptr[i] > 'z')
			return false;
	return true;
}

/* git takes the colours in capital letters, too, but not the attributes. */
static bool is_colour(struct slice value)
{
	static const char words[] =
	    "normal default black red green yellow blue magenta cyan white brightblack brightred brightgreen "
	    "brightyellow brightblue brightmagenta brightcyan brightwhite reset bold dim ul italic blink "
	    "reverse strike nobold nodim noul noitalic noblink noreverse nostrike";
	struct slice word;
	int colours = 0;
	while (slice_word(&value, &word)) {
		if (!is_in(word, words) || !is_lower(word))
			return false;
		colours++;
	}
	return colours < 3; /* a third colour, unlike a third attribute, would be an error */
}

static bool is_path(struct slice value)
{
	return !slice_starts(value, "~") || slice_starts(value, "~/");
}

/* The next part of a date, up to a dot or a blank. */
static struct slice next_part(struct slice *rest)
{
	size_t len = 0;
	while (len < rest->len && rest->ptr[len] != '.' && rest->ptr[len] != ' ')
		len++;
	struct slice part = slice_make(rest->ptr, len);
	size_t used = len + (len < rest->len);
	*rest = slice_make(rest->ptr + used, rest->len - used);
	return part;
}

static bool is_expiry(struct slice value)
{
	if (slice_is(value, "now") || slice_is(value, "never"))
		return true;
	struct slice number = next_part(&value), unit = next_part(&value);
	return is_number(number) && number.len < 4 && *number.ptr != '0' &&
	       is_in(unit, "hour hours day days week weeks month months year years") && (!value.len || slice_is(value, "ago"));
}

/* One side of a refspec: a name, or a part of one, without anything odd. */
static bool is_side(struct slice side, int *stars)
{
	char before = '/';
	*stars = 0;
	for (size_t i = 0; i < side.len; before = side.ptr[i++]) {
		char c = side.ptr[i];
		*stars += c == '*';
		if (!byte_is_word(c) && c != '/' && c != '.' && c != '-' && c != '*')
			return false;
		if ((before == '/' && (c == '/' || c == '.' || c == '-')) || (before == '.' && (c == '.' || c == '/')))
			return false;
	}
	return side.len && *stars < 2 && before != '/' && before != '.' && !slice_holds(side, ".lock");
}

static bool is_refspec(struct slice value)
{
	bool negative = slice_starts(value, "^"), sign = negative || slice_starts(value, "+");
	int stars, others;
	value = slice_make(value.ptr + sign, value.len - sign);
	const char *colon = value.len ? memchr(value.ptr, ':', value.len) : NULL;
	if (!colon)
		return is_side(value, &stars) && (!stars || negative);
	size_t len = (size_t)(colon - value.ptr);
	return !negative && is_side(slice_make(value.ptr, len), &stars) &&
	       is_side(slice_make(colon + 1, value.len - len - 1), &others) && stars == others;
}

static bool word_fits(struct slice word, struct slice value)
{
	static const struct {
		const char *name;
		bool (*is)(struct slice value);
	} kinds[] = {
	    {"<yes>", is_yes},	     {"<no>", is_no},	  {"<number>", is_number}, {"<size>", is_size},
	    {"<colour>", is_colour}, {"<path>", is_path}, {"<expiry>", is_expiry}, {"<refspec>", is_refspec},
	};
	for (size_t i = 0; *word.ptr == '<' && i < sizeof kinds / sizeof *kinds; i++)
		if (slice_is(word, kinds[i].name))
			return kinds[i].is(value);
	return slice_equal(word, value);
}

bool policy_value_fits(const char *values, const char *value)
{
	if (!values)
		return value != NULL;
	if (!value)
		return strstr(values, "<yes>") != NULL;
	struct slice rest = slice_of(values), word;
	while (slice_word(&rest, &word))
		if (word_fits(word, slice_of(value)))
			return true;
	return false;
}
