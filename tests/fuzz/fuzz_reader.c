/* The registry's reader on any bytes. It must say what a plain reading of the grammar says, with the same lines; texts must end where
 * they should, lines count upwards, and including text in place must end. Nothing is run. */
#include "registry/reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_INCLUDED = 64, MAX_LEN = 4096 };

struct watch {
	unsigned last_line;
	size_t includes;
	bool include;    /* a value stands for the output of its include */
	struct str said; /* all items, with their lines */
};

static void add_item(struct str *said, char kind, unsigned first, unsigned last, struct slice name, struct slice value)
{
	str_addf(said, "%c%u-%u:%zu:", kind, first, last, name.len);
	str_add_slice(said, name);
	str_addf(said, ":%zu:", value.len);
	str_add_slice(said, value);
}

static void note(struct watch *watch, const struct reader *reader, char kind, struct slice name, struct slice value)
{
	const struct reader_place *place = reader_place(reader);
	if (place->first_line > place->last_line || (!place->included && place->first_line < watch->last_line))
		abort();
	if (!place->included)
		watch->last_line = place->first_line;
	add_item(&watch->said, kind, place->first_line, place->last_line, name, value);
}

static int on_section(void *context, struct reader *reader, struct slice name)
{
	if (name.len && memchr(name.ptr, ']', name.len))
		abort();
	note(context, reader, '[', name, slice_make("", 0));
	return 0;
}

static int on_setting(void *context, struct reader *reader, struct slice name, struct slice value)
{
	static char kept[MAX_INCLUDED][MAX_LEN + 1];
	struct watch *watch = context;
	if (!name.len || value.ptr[value.len] != '\0')
		abort();
	note(watch, reader, '=', name, value);
	if (watch->include && slice_is(name, "include") && watch->includes < MAX_INCLUDED && value.len <= MAX_LEN) {
		char *text = kept[watch->includes++];
		memcpy(text, value.ptr, value.len);
		text[value.len] = '\0';
		reader_include(reader, text, value.len);
	}
	return 0;
}

static int on_broken(void *context, struct reader *reader)
{
	note(context, reader, '!', slice_make("", 0), slice_make("", 0));
	return 0;
}

/* The next line without its end. */
static struct slice plain_line(struct slice *rest)
{
	const char *newline = memchr(rest->ptr, '\n', rest->len);
	size_t len = newline ? (size_t)(newline - rest->ptr) : rest->len;
	struct slice line = slice_make(rest->ptr, len);
	*rest = slice_make(rest->ptr + len + (newline != NULL), rest->len - len - (newline != NULL));
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return line;
}

static size_t span(struct slice text, size_t at, bool is_in(char))
{
	while (at < text.len && is_in(text.ptr[at]))
		at++;
	return at;
}

/* A plain reading of a whole text, as compat.md and reader.h have it. */
static void read_plainly(struct slice rest, struct str *said)
{
	const struct slice none = {"", 0};
	for (unsigned number = 1; rest.len; number++) {
		struct slice line = plain_line(&rest);
		unsigned first = number;
		size_t word = span(line, 0, byte_is_word), blanks = span(line, 0, byte_is_blank), equals = span(line, word, byte_is_blank);
		const char *bracket = line.len && line.ptr[0] == '[' ? memchr(line.ptr, ']', line.len) : NULL;
		if (blanks == line.len || line.ptr[blanks] == '#')
			continue;
		if (bracket && span(line, (size_t)(bracket + 1 - line.ptr), byte_is_blank) == line.len) {
			struct slice name = {line.ptr + 1, (size_t)(bracket - line.ptr) - 1};
			add_item(said, '[', first, first, name, none);
		} else if (word && equals < line.len && line.ptr[equals] == '=') {
			size_t start = span(line, equals + 1, byte_is_blank);
			struct slice name = {line.ptr, word}, more = rest, next;
			struct str value = STR_INIT;
			str_add(&value, line.ptr + start, line.len - start);
			while (more.len && (next = plain_line(&more)).len > 1 && byte_is_blank(next.ptr[0])) {
				str_addc(&value, '\n');
				str_add(&value, next.ptr + 1, next.len - 1);
				rest = more;
				number++;
			}
			add_item(said, '=', first, number, name, str_slice(&value));
			str_release(&value);
		} else {
			add_item(said, '!', first, first, none, none);
		}
	}
}

static void run(struct slice text, struct watch *watch)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const struct reader_handler handler = {on_section, on_setting, on_broken, watch};
	char *copy = mem_dup(text.ptr, text.len);
	if (reader_run("fuzzed", copy, text.len, &handler, &arena, &err))
		abort();
	free(copy);
	arena_release(&arena);
	err_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_make((const char *)data, size);
	struct watch plain = {.include = false}, including = {.include = true};
	struct str expected = STR_INIT;
	run(text, &plain);
	read_plainly(text, &expected);
	if (!slice_equal(str_slice(&plain.said), str_slice(&expected)))
		abort();
	run(text, &including);
	str_release(&plain.said);
	str_release(&including.said);
	str_release(&expected);
	return 0;
}
