/* See reader.h.
 *
 * inih cuts long lines and names, takes ` ;` for a comment and strips blanks, each as it was built. So it never sees
 * the text: next_line() hands it armoured lines, in which a number stands for every text, and on_item() puts the texts
 * back. inih sees sections, settings and continuations, in lines that no build option changes:
 *
 *	[7]        a section, and
 *	s=7        its announcement, because inih may keep quiet about an empty section
 *	w8=9       a setting with a whole value
 *	b8=9       the beginning of one that is continued by
 *	<tab>m=10  more and
 *	<tab>l=11  the last of it (`l` comes in the name or, with INI_ALLOW_MULTILINE, in the value)
 *	e=12       a broken line
 *
 * Whether a value goes on is looked up in the text before its line is handed over. So a setting is complete, and an
 * include has pushed its text, before the line after it is touched. */
#include "registry/reader.h"

#include "base/mem.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_INCLUDES = 32, /* nested */
	MAX_DIGITS = 20,   /* of a token */
	MAX_ARMOUR = 2 * MAX_DIGITS + 8,
};

struct source {
	char *next;
	char *end; /* *end is writable */
};

struct reader {
	const struct reader_handler *handler;
	struct arena *arena;
	struct source sources[MAX_INCLUDES + 1]; /* the file, and what is being included */
	size_t depth;                            /* of the source that is read */
	unsigned line;                           /* of the file */
	struct reader_place place;
	struct slice *tokens;
	size_t token_count;
	size_t token_cap;
	bool announce;     /* the line of a section was handed over, its announcement is due */
	bool continued;    /* the next line continues a value */
	struct slice name; /* of the setting that is being collected */
	struct str value;  /* its lines so far */
	bool stopped;
	bool too_narrow; /* inih's buffer takes no armoured line */
};

/* A line without its end. */
static struct slice peek_line(const struct source *source)
{
	size_t rest = (size_t)(source->end - source->next);
	const char *newline = rest ? memchr(source->next, '\n', rest) : NULL;
	size_t len = newline ? (size_t)(newline - source->next) : rest;
	if (len && source->next[len - 1] == '\r')
		len--;
	return slice_make(source->next, len);
}

static struct slice take_line(struct reader *reader)
{
	struct source *source = &reader->sources[reader->depth];
	struct slice line = peek_line(source);
	char *end = source->next + line.len;
	source->next = end + (end < source->end && *end == '\r');
	source->next += source->next < source->end && *source->next == '\n';
	*end = '\0';
	if (!reader->depth)
		reader->line++;
	reader->place.last_line = reader->line;
	reader->place.last = line;
	return line;
}

/* Goes back to the including text at the end of an included one; false at the end of everything. */
static bool have_line(struct reader *reader)
{
	while (reader->depth && reader->sources[reader->depth].next == reader->sources[reader->depth].end)
		reader->depth--;
	return reader->sources[reader->depth].next < reader->sources[reader->depth].end;
}

/* A value never goes on in another source: what an include reads ends before a line that continues nothing. */
static bool is_continued(const struct reader *reader)
{
	struct slice line = peek_line(&reader->sources[reader->depth]);
	return line.len > 1 && byte_is_blank(line.ptr[0]);
}

static bool is_ignored(struct slice line)
{
	struct slice text = slice_trim(line);
	return !text.len || text.ptr[0] == '#';
}

static struct slice skip_blanks(struct slice s)
{
	while (s.len && byte_is_blank(s.ptr[0]))
		s.ptr++, s.len--;
	return s;
}

static bool match_section(struct slice line, struct slice *name)
{
	if (!line.len || line.ptr[0] != '[')
		return false;
	const char *end = memchr(line.ptr, ']', line.len);
	if (!end)
		return false;
	size_t len = (size_t)(end - line.ptr);
	*name = slice_make(line.ptr + 1, len - 1);
	return !slice_trim(slice_make(end + 1, line.len - len - 1)).len;
}

static bool match_setting(struct slice line, struct slice *name, struct slice *value)
{
	size_t len = 0;
	while (len < line.len && byte_is_word(line.ptr[len]))
		len++;
	*name = slice_make(line.ptr, len);
	struct slice rest = skip_blanks(slice_make(line.ptr + len, line.len - len));
	if (!len || !rest.len || rest.ptr[0] != '=')
		return false;
	*value = skip_blanks(slice_make(rest.ptr + 1, rest.len - 1));
	return true;
}

static char *put_number(char *at, size_t number)
{
	char digits[MAX_DIGITS];
	size_t len = 0;
	do
		digits[len++] = (char)('0' + number % 10);
	while (number /= 10);
	while (len)
		*at++ = digits[--len];
	return at;
}

static char *put_token(struct reader *reader, char *at, struct slice text)
{
	MEM_RESERVE(reader->tokens, reader->token_cap, reader->token_count + 1);
	reader->tokens[reader->token_count] = text;
	return put_number(at, reader->token_count++);
}

/* The armour of the next item's first line, without its newline; returns its end. */
static char *armour_item(struct reader *reader, char *at)
{
	struct slice line = reader->place.last, name, value;
	reader->place.first = line;
	reader->place.first_line = reader->line;
	reader->place.included = reader->depth > 0;
	if (match_section(line, &name)) {
		reader->announce = true;
		*at++ = '[';
		at = put_token(reader, at, name);
		*at++ = ']';
	} else if (match_setting(line, &name, &value)) {
		reader->continued = is_continued(reader);
		*at++ = reader->continued ? 'b' : 'w';
		at = put_token(reader, at, name);
		*at++ = '=';
		at = put_token(reader, at, value);
	} else {
		*at++ = 'e';
		*at++ = '=';
		at = put_token(reader, at, line);
	}
	return at;
}

static char *armour_continuation(struct reader *reader, char *at)
{
	struct slice line = take_line(reader);
	reader->continued = is_continued(reader);
	*at++ = '\t';
	*at++ = reader->continued ? 'm' : 'l';
	*at++ = '=';
	return put_token(reader, at, slice_make(line.ptr + 1, line.len - 1));
}

/* inih's fgets(). */
static char *next_line(char *buffer, int size, void *stream)
{
	struct reader *reader = stream;
	char *at = buffer;
	if (size < MAX_ARMOUR)
		reader->stopped = reader->too_narrow = true;
	if (reader->stopped)
		return NULL;
	if (reader->announce) {
		reader->announce = false;
		*at++ = 's';
		*at++ = '=';
		at = put_number(at, reader->token_count - 1);
	} else if (reader->continued) {
		at = armour_continuation(reader, at);
	} else {
		do {
			if (!have_line(reader))
				return NULL;
		} while (is_ignored(take_line(reader)));
		at = armour_item(reader, at);
	}
	*at++ = '\n';
	*at = '\0';
	return buffer;
}

static struct slice token_text(const struct reader *reader, const char *digits)
{
	size_t number = 0;
	for (; *digits >= '0' && *digits <= '9'; digits++)
		number = number * 10 + (size_t)(*digits - '0');
	return number < reader->token_count ? reader->tokens[number] : slice_make("", 0);
}

static int on_value(struct reader *reader, char tag, struct slice text)
{
	const struct reader_handler *handler = reader->handler;
	if (tag == 'w')
		return handler->setting(handler->context, reader, reader->name, text);
	if (tag == 'b')
		str_clear(&reader->value);
	else
		str_addc(&reader->value, '\n');
	str_add_slice(&reader->value, text);
	if (tag != 'l')
		return 0;
	struct slice value = arena_copy(reader->arena, str_slice(&reader->value));
	return handler->setting(handler->context, reader, reader->name, value);
}

static int on_line(struct reader *reader, const char *name, const char *value)
{
	const struct reader_handler *handler = reader->handler;
	char tag = name[0];
	if ((value[0] == 'm' || value[0] == 'l') && value[1] == '=') {
		/* inih took it for a continuation and repeats the setting's name. */
		tag = value[0];
		value += 2;
	}
	struct slice text = token_text(reader, value);
	if (tag == 's')
		return handler->section(handler->context, reader, text);
	if (tag == 'e')
		return handler->broken(handler->context, reader);
	if (tag == 'w' || tag == 'b')
		reader->name = token_text(reader, name + 1);
	return on_value(reader, tag, text);
}

#if INI_HANDLER_LINENO
#define INI_LINENO , MR_UNUSED int lineno
#else
#define INI_LINENO
#endif

/* inih's handler: 1 to go on. Without name and value it only says that a section begins. */
static int on_item(void *user, MR_UNUSED const char *section, const char *name, const char *value INI_LINENO)
{
	struct reader *reader = user;
	if (!name || !value || reader->stopped)
		return 1;
	if (on_line(reader, name, value))
		reader->stopped = true;
	return !reader->stopped;
}

int reader_run(const char *file, char *text, size_t len, const struct reader_handler *handler, struct arena *arena,
	       struct err *err)
{
	struct reader *reader = mem_calloc(1, sizeof *reader);
	reader->handler = handler;
	reader->arena = arena;
	reader->sources[0] = (struct source){text, text + len};
	int status = ini_parse_stream(next_line, reader, on_item, reader);
	bool failed = reader->stopped || status != 0;
	if (reader->too_narrow)
		err_set(err, "%s: this build of inih takes no line of %d bytes (INI_MAX_LINE)", file, (int)MAX_ARMOUR);
	else if (failed && !reader->stopped)
		err_set(err, "%s: inih gave up near line %u (status %d)", file, reader->line, status);
	str_release(&reader->value);
	free(reader->tokens);
	free(reader);
	return failed ? -1 : 0;
}

bool reader_include(struct reader *reader, char *text, size_t len)
{
	if (reader->depth == MAX_INCLUDES)
		return false;
	reader->sources[++reader->depth] = (struct source){text, text + len};
	return true;
}

const struct reader_place *reader_place(const struct reader *reader)
{
	return &reader->place;
}
