/* See str.h. */
#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void str_release(struct str *s)
{
	free(s->data);
	*s = (struct str)STR_INIT;
}

void str_clear(struct str *s)
{
	str_truncate(s, 0);
}

void str_truncate(struct str *s, size_t len)
{
	if (len >= s->len)
		return;
	s->len = len;
	s->data[len] = '\0';
}

char *str_detach(struct str *s)
{
	char *data = s->data ? s->data : mem_strdup("");
	*s = (struct str)STR_INIT;
	return data;
}

char *str_room(struct str *s, size_t extra)
{
	/* An overflowing sum asks for SIZE_MAX, which mem_grow() refuses. */
	size_t need = extra > SIZE_MAX - s->len - 1 ? SIZE_MAX : s->len + extra + 1;
	MEM_RESERVE(s->data, s->cap, need);
	return s->data + s->len;
}

void str_commit(struct str *s, size_t added)
{
	s->len += added;
	s->data[s->len] = '\0';
}

void str_add(struct str *s, const void *bytes, size_t len)
{
	char *room = str_room(s, len);
	if (len)
		memcpy(room, bytes, len);
	str_commit(s, len);
}

void str_adds(struct str *s, const char *text)
{
	str_add(s, text, strlen(text));
}

void str_addc(struct str *s, char c)
{
	char *room = s->cap - s->len > 1 ? s->data + s->len : str_room(s, 1);
	*room = c;
	str_commit(s, 1);
}

void str_addf(struct str *s, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	str_addv(s, format, args);
	va_end(args);
}

void str_addv(struct str *s, const char *format, va_list args)
{
	va_list measure;
	va_copy(measure, args);
	int len = vsnprintf(NULL, 0, format, measure);
	va_end(measure);
	if (len < 0)
		return;
	char *room = str_room(s, (size_t)len);
	vsnprintf(room, (size_t)len + 1, format, args);
	str_commit(s, (size_t)len);
}

void str_add_slice(struct str *s, struct slice bytes)
{
	str_add(s, bytes.ptr, bytes.len);
}

void str_consume(struct str *s, size_t len)
{
	if (!len)
		return;
	memmove(s->data, s->data + len, s->len - len + 1);
	s->len -= len;
}

const char *str_cstr(const struct str *s)
{
	return s->data ? s->data : "";
}

struct slice str_slice(const struct str *s)
{
	return slice_make(str_cstr(s), s->len);
}

struct slice slice_of(const char *text)
{
	return slice_make(text, strlen(text));
}

struct slice slice_make(const char *ptr, size_t len)
{
	return (struct slice){ptr, len};
}

struct slice slice_trim(struct slice s)
{
	while (s.len && byte_is_blank(s.ptr[0]))
		s.ptr++, s.len--;
	while (s.len && byte_is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool slice_is(struct slice s, const char *text)
{
	return slice_equal(s, slice_of(text));
}

bool slice_starts(struct slice s, const char *prefix)
{
	size_t len = strlen(prefix);
	return s.len >= len && memcmp(s.ptr, prefix, len) == 0;
}

bool slice_ends(struct slice s, const char *suffix)
{
	size_t len = strlen(suffix);
	return s.len >= len && memcmp(s.ptr + s.len - len, suffix, len) == 0;
}

bool slice_holds(struct slice s, const char *text)
{
	for (size_t len = strlen(text); s.len >= len; s = slice_make(s.ptr + 1, s.len - 1))
		if (memcmp(s.ptr, text, len) == 0)
			return true;
	return false;
}

bool slice_has_nul(struct slice s)
{
	return s.len && memchr(s.ptr, '\0', s.len) != NULL;
}

int slice_compare(struct slice a, struct slice b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool slice_word(struct slice *rest, struct slice *word)
{
	while (rest->len && byte_is_blank(rest->ptr[0]))
		rest->ptr++, rest->len--;
	*word = slice_make(rest->ptr, 0);
	while (rest->len && !byte_is_blank(rest->ptr[0])) {
		word->len++;
		rest->ptr++, rest->len--;
	}
	return word->len > 0;
}

bool byte_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool byte_is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
