/* The config editor on any file. The first line of the input says what to set: NAME VALUE, some of them with \002 between, \001 for a
 * newline; the rest is the file. What the reader makes of both files must be the same but for these settings, which must read as they
 * were set; without their lines the two must be the same bytes. */
#include "registry/edit.h"
#include "registry/reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_EDITS = 3, LINES = 4096 };

static struct edit edits[MAX_EDITS];
static struct str values[MAX_EDITS]; /* of the edits */
static size_t edit_count;

/* What the reader makes of a file. */
struct reading {
	bool inside;            /* the section that is edited */
	bool found;             /* it is there */
	struct str others;      /* all but the edited settings, one after the other */
	bool edited[LINES + 1]; /* lines, counted from 1, of an edited setting */
	size_t times[MAX_EDITS];
	struct str last[MAX_EDITS];    /* values */
	struct str earlier[MAX_EDITS]; /* all but the last value */
};

static int on_section(void *context, struct reader *reader, struct slice name)
{
	struct reading *reading = context;
	(void)reader;
	reading->inside = slice_is(name, "s");
	reading->found |= reading->inside;
	str_addc(&reading->others, '[');
	str_add_slice(&reading->others, name);
	return 0;
}

static int on_setting(void *context, struct reader *reader, struct slice name, struct slice value)
{
	struct reading *reading = context;
	const struct reader_place *place = reader_place(reader);
	size_t i = 0;
	while (reading->inside && i < edit_count && !slice_equal(edits[i].name, name))
		i++;
	if (!reading->inside || i == edit_count) {
		str_addc(&reading->others, '=');
		str_add_slice(&reading->others, name);
		str_addc(&reading->others, '=');
		str_add_slice(&reading->others, value);
		return 0;
	}
	for (unsigned line = place->first_line; line <= place->last_line; line++)
		reading->edited[line] = true;
	reading->times[i]++;
	str_add_slice(&reading->earlier[i], str_slice(&reading->last[i]));
	str_addc(&reading->earlier[i], '=');
	str_clear(&reading->last[i]);
	str_add_slice(&reading->last[i], value);
	return 0;
}

static int on_broken(void *context, struct reader *reader)
{
	struct reading *reading = context;
	str_addc(&reading->others, '!');
	str_add_slice(&reading->others, reader_place(reader)->first);
	return 0;
}

static struct reading *read_file(struct slice file)
{
	struct reading *reading = mem_calloc(1, sizeof *reading);
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const struct reader_handler handler = {on_section, on_setting, on_broken, reading};
	char *text = mem_dup(file.ptr, file.len);
	if (reader_run("fuzzed", text, file.len, &handler, &arena, &err))
		abort();
	free(text);
	arena_release(&arena);
	err_release(&err);
	return reading;
}

static void free_reading(struct reading *reading)
{
	for (size_t i = 0; i < MAX_EDITS; i++) {
		str_release(&reading->last[i]);
		str_release(&reading->earlier[i]);
	}
	str_release(&reading->others);
	free(reading);
}

/* The file without the lines of edited settings. */
static void add_rest(struct str *out, struct slice file, const struct reading *reading)
{
	for (size_t line = 1; file.len; line++) {
		const char *end = memchr(file.ptr, '\n', file.len);
		size_t len = end ? (size_t)(end - file.ptr) + 1 : file.len;
		if (!reading->edited[line])
			str_add(out, file.ptr, len);
		file = slice_make(file.ptr + len, file.len - len);
	}
}

/* As edit.h has it: blanks before it and a newline at its end are gone, an empty line behind the first holds a blank. */
static void add_as_read(struct str *out, struct slice value)
{
	while (value.len && value.ptr[0] != '\n' && byte_is_blank(value.ptr[0]))
		value = slice_make(value.ptr + 1, value.len - 1);
	for (size_t i = 0; i < value.len; i++) {
		bool ends = i + 1 == value.len;
		if (value.ptr[i] != '\n' || !ends)
			str_addc(out, value.ptr[i]);
		if (value.ptr[i] == '\n' && !ends && value.ptr[i + 1] == '\n')
			str_addc(out, ' ');
	}
}

static void check_values(const struct reading *before, const struct reading *after)
{
	for (size_t i = 0; i < edit_count; i++) {
		struct str want = STR_INIT;
		if (!edits[i].value.len && after->times[i])
			abort();
		if (edits[i].value.len) {
			add_as_read(&want, edits[i].value);
			if (!slice_equal(str_slice(&want), str_slice(&after->last[i])))
				abort();
			if (after->times[i] != (before->times[i] ? before->times[i] : 1))
				abort();
			if (before->times[i] && !slice_equal(str_slice(&before->earlier[i]), str_slice(&after->earlier[i])))
				abort();
		}
		str_release(&want);
	}
}

/* What may come to the other lines: an end for the last one, and the section. */
static void check_rest(struct slice file, struct reading *before, struct slice new_file, const struct reading *after)
{
	struct str want = STR_INIT, rest = STR_INIT;
	const char *end = memchr(file.ptr, '\n', file.len);
	const char *newline = end && end > file.ptr && end[-1] == '\r' ? "\r\n" : "\n";
	add_rest(&want, file, before);
	add_rest(&rest, new_file, after);
	if (want.len && want.data[want.len - 1] != '\n' && rest.len > want.len)
		str_adds(&want, want.data[want.len - 1] == '\r' ? "\n" : newline);
	if (after->found && !before->found) {
		str_addf(&want, "%s[s]%s", newline, newline);
		str_adds(&before->others, "[s");
	}
	if (!slice_equal(str_slice(&want), str_slice(&rest)) ||
	    !slice_equal(str_slice(&before->others), str_slice(&after->others)))
		abort();
	str_release(&want);
	str_release(&rest);
}

static bool matches(void *context, struct slice header)
{
	(void)context;
	return slice_is(header, "s");
}

/* Doing it twice changes nothing more, but for a file whose line endings are no longer what they seemed. */
static void check_again(struct slice new_file)
{
	struct str again = STR_INIT;
	struct err err = ERR_INIT;
	if (!memchr(new_file.ptr, '\r', new_file.len) &&
	    (edit_text(new_file, "s", matches, NULL, edits, edit_count, &again, &err) ||
	     !slice_equal(new_file, str_slice(&again))))
		abort();
	str_release(&again);
	err_release(&err);
}

/* Takes one NAME VALUE; false when it is none or the name was there before. */
static bool take_edit(struct slice *line)
{
	const char *end = memchr(line->ptr, '\002', line->len);
	size_t len = end ? (size_t)(end - line->ptr) : line->len;
	struct slice value = slice_make(line->ptr, len), name;
	*line = slice_make(line->ptr + len + (end != NULL), line->len - len - (end != NULL));
	if (edit_count == MAX_EDITS || !slice_word(&value, &name))
		return false;
	for (size_t i = 0; i < edit_count; i++) {
		if (slice_equal(edits[i].name, name))
			return false;
	}
	struct str *text = &values[edit_count];
	str_clear(text);
	for (size_t i = 1; i < value.len; i++) /* behind one blank */
		str_addc(text, value.ptr[i] == '\001' ? '\n' : value.ptr[i]);
	edits[edit_count++] = (struct edit){name, str_slice(text)};
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *end = size ? memchr(data, '\n', size) : NULL;
	if (!end || size > LINES)
		return -1;
	struct slice line = slice_make((const char *)data, (size_t)(end - (const char *)data));
	struct slice file = slice_make(end + 1, size - line.len - 1);
	edit_count = 0;
	while (line.len) {
		if (!take_edit(&line))
			return -1;
	}
	struct str out = STR_INIT;
	struct err err = ERR_INIT;
	if (edit_text(file, "s", matches, NULL, edits, edit_count, &out, &err) == 0) {
		struct slice new_file = slice_make(str_cstr(&out), out.len);
		struct reading *before = read_file(file), *after = read_file(new_file);
		check_values(before, after);
		check_rest(file, before, new_file, after);
		check_again(new_file);
		free_reading(before);
		free_reading(after);
	} else if (!*err_text(&err)) {
		abort();
	}
	str_release(&out);
	err_release(&err);
	return 0;
}
