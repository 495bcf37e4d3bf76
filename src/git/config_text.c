/* See config_text.h. The syntax is that of git-config(1). */
#include "git/config_text.h"

#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

/* Takes blanks off the front. */
static void skip_blanks(struct slice *line)
{
	while (line->len && (*line->ptr == ' ' || *line->ptr == '\t'))
		*line = slice_make(line->ptr + 1, line->len - 1);
}

static bool is_end(struct slice line)
{
	return !line.len || *line.ptr == '#' || *line.ptr == ';';
}

/* [section] or [section "subsection"], and nothing behind it. */
static bool check_header(struct slice line)
{
	size_t i = 1;
	while (i < line.len && (is_name(line.ptr[i]) || line.ptr[i] == '.'))
		i++;
	bool named = i > 1;
	if (i + 1 < line.len && line.ptr[i] == ' ' && line.ptr[i + 1] == '"') {
		for (i += 2; i < line.len && line.ptr[i] != '"'; i++)
			i += line.ptr[i] == '\\';
		i++;
	}
	if (!named || i >= line.len || line.ptr[i] != ']')
		return false;
	line = slice_make(line.ptr + i + 1, line.len - i - 1);
	skip_blanks(&line);
	return is_end(line);
}

/* A value, or the rest of one; *open tells whether it goes on in the next line. */
static bool check_value(struct slice value, bool *quoted, bool *open)
{
	*open = false;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		if (!*quoted && (c == '#' || c == ';'))
			return true;
		if (c == '"')
			*quoted = !*quoted;
		if (c != '\\')
			continue;
		if (++i == value.len) {
			*open = true;
			return true;
		}
		if (!strchr("ntb\\\"", value.ptr[i]))
			return false;
	}
	return !*quoted;
}

static bool check_line(struct slice line, bool *quoted, bool *open)
{
	if (*open)
		return check_value(line, quoted, open);
	skip_blanks(&line);
	if (is_end(line))
		return true;
	if (*line.ptr == '[')
		return check_header(line);
	if (!is_letter(*line.ptr))
		return false;
	size_t len = 1;
	while (len < line.len && is_name(line.ptr[len]))
		len++;
	line = slice_make(line.ptr + len, line.len - len);
	skip_blanks(&line);
	if (!line.len)
		return true;
	return *line.ptr == '=' && check_value(slice_make(line.ptr + 1, line.len - 1), quoted, open);
}

int config_text_check(struct slice text, const char *file, struct err *err)
{
	bool quoted = false, open = false;
	for (size_t number = 1; text.len; number++) {
		const char *newline = memchr(text.ptr, '\n', text.len);
		size_t len = newline ? (size_t)(newline - text.ptr) : text.len;
		size_t used = len + (newline != NULL);
		len -= newline && len && text.ptr[len - 1] == '\r';
		struct slice line = slice_make(text.ptr, len);
		if (slice_has_nul(line) || !check_line(line, &quoted, &open))
			return err_set(err, "%s line %zu is not understood", file, number);
		text = slice_make(text.ptr + used, text.len - used);
	}
	return open ? err_set(err, "%s ends within a value", file) : 0;
}
