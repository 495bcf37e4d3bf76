/* See config_file.h. Byte by byte, as git does it. Refused where git takes them: a NUL byte, a name before the first section, a blank
 * other than a space inside of a value, a file that ends with a backslash. */
#include "git/config_file.h"

#include <stdlib.h>
#include <string.h>

enum { END = -1 };

struct parser {
	struct config_file *file;
	struct slice rest;
	size_t line;
	bool line_ends; /* the byte that was read last was its end */
	size_t base; /* where the section's name, with its dot, starts in the text; */
	size_t base_len;
};

/* Keys and values as places in the text while that still grows. */
struct place {
	size_t key;
	size_t value; /* 0: none */
};

/* The next byte, END behind the last one. A line's end is one byte. */
static int next(struct parser *parser)
{
	if (!parser->rest.len)
		return END;
	parser->line += parser->line_ends;
	size_t used = parser->rest.len > 1 && parser->rest.ptr[0] == '\r' && parser->rest.ptr[1] == '\n' ? 2 : 1;
	int c = (unsigned char)parser->rest.ptr[used - 1];
	parser->rest = slice_make(parser->rest.ptr + used, parser->rest.len - used);
	parser->line_ends = c == '\n';
	return c;
}

static bool is_end(int c)
{
	return c == END || c == '\n';
}

static bool is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(int c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

static void add_lower(struct str *text, int c)
{
	str_addc(text, (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
}

/* What follows the blank behind a section's name: a quoted subsection and the bracket. */
static int parse_subsection(struct parser *parser, int c)
{
	struct str *text = &parser->file->text;
	while (is_space(c) && c != '\n')
		c = next(parser);
	if (c != '"')
		return -1;
	str_addc(text, '.');
	while ((c = next(parser)) != '"') {
		if (c == '\\')
			c = next(parser);
		if (is_end(c))
			return -1;
		str_addc(text, (char)c);
	}
	return next(parser) == ']' ? 0 : -1;
}

static int parse_section(struct parser *parser)
{
	struct str *text = &parser->file->text;
	int c, failed = 0;
	parser->base = text->len;
	while (!failed && (c = next(parser)) != ']') {
		if (is_space(c)) {
			failed = c == '\n' ? -1 : parse_subsection(parser, c);
			break;
		}
		failed = is_name(c) || c == '.' ? 0 : -1;
		add_lower(text, c);
	}
	parser->base_len = text->len - parser->base + 1;
	str_add(text, ".", 2);
	return failed || parser->base_len < 2 ? -1 : 0;
}

/* The byte that an escape stands for; END: none. */
static int escaped(int c)
{
	switch (c) {
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case 'n':
		return '\n';
	case '\\':
	case '"':
		return c;
	default:
		return END;
	}
}

/* Everything behind '='. */
static int parse_value(struct parser *parser)
{
	struct str *text = &parser->file->text;
	size_t start = text->len, spaces = 0;
	bool quoted = false;
	int c;
	while (!is_end(c = next(parser))) {
		if (!quoted && is_space(c)) {
			/* Newer versions of git keep tabs, older ones make them spaces. */
			spaces += text->len > start ? (c == ' ' ? 1 : 1u << 20) : 0;
			continue;
		}
		if (!quoted && (c == ';' || c == '#')) {
			while (!is_end(c))
				c = next(parser);
			break;
		}
		if (spaces >= 1u << 20)
			return -1;
		for (; spaces; spaces--)
			str_addc(text, ' ');
		if (c == '\\') {
			c = next(parser);
			if (c == '\n')
				continue;
			c = escaped(c);
			if (c == END)
				return -1;
		} else if (c == '"') {
			quoted = !quoted;
			continue;
		}
		str_addc(text, (char)c);
	}
	str_addc(text, '\0');
	return quoted ? -1 : 0;
}

static int parse_entry(struct parser *parser, int c, struct place *place)
{
	struct str *text = &parser->file->text;
	if (!is_letter(c) || !parser->base_len)
		return -1;
	place->key = text->len;
	/* The buffer may move while it grows: first room, then the copy out of itself. */
	char *room = str_room(text, parser->base_len);
	memcpy(room, text->data + parser->base, parser->base_len);
	str_commit(text, parser->base_len);
	for (; is_name(c); c = next(parser))
		add_lower(text, c);
	str_addc(text, '\0');
	while (c == ' ' || c == '\t')
		c = next(parser);
	place->value = is_end(c) ? 0 : text->len;
	return is_end(c) ? 0 : c == '=' ? parse_value(parser) : -1;
}

static int parse_all(struct parser *parser, struct place **places, size_t *cap)
{
	struct config_file *file = parser->file;
	for (int c; (c = next(parser)) != END;) {
		if (is_space(c))
			continue;
		if (c == '#' || c == ';') {
			while (!is_end(c))
				c = next(parser);
		} else if (c == '[') {
			if (parse_section(parser))
				return -1;
		} else {
			MEM_RESERVE(*places, *cap, file->count + 1);
			if (parse_entry(parser, c, &(*places)[file->count]))
				return -1;
			file->count++;
		}
	}
	return 0;
}

int config_file_parse(struct config_file *file, const char *path, struct slice text, struct err *err)
{
	struct parser parser = {file, text, 1, false, 0, 0};
	struct place *places = NULL;
	size_t cap = 0;
	file->path = mem_strdup(path);
	if (slice_starts(text, "\xef\xbb\xbf"))
		parser.rest = slice_make(text.ptr + 3, text.len - 3);
	str_room(&file->text, 2 * text.len); /* a key is longer than what stands there for it, a value is not */
	str_addc(&file->text, '\0'); /* so that no value is at 0 */
	int failed = slice_has_nul(text) || slice_ends(text, "\\") || slice_ends(text, "\\\n") || parse_all(&parser, &places, &cap);
	if (!failed) {
		file->list = mem_calloc(file->count, sizeof *file->list);
		for (size_t i = 0; i < file->count; i++)
			file->list[i] = (struct config_entry){file->text.data + places[i].key,
							      places[i].value ? file->text.data + places[i].value : NULL, 0};
	}
	free(places);
	return failed ? err_set(err, "%s line %zu is not understood", path, parser.line) : 0;
}

void config_file_release(struct config_file *file)
{
	free(file->path);
	free(file->list);
	str_release(&file->text);
	*file = (struct config_file){0};
}
