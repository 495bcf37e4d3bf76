/* See edit.h. The file is taken line by line; what is not concerned is copied byte by byte. */
#include "registry/edit.h"

#include <stdlib.h>
#include <string.h>

/* A physical line: its bytes with and without the line ending. */
struct line {
	struct slice whole;
	struct slice text;
};

/* A setting in a part of the section, by line numbers. */
struct place {
	size_t first, end; /* its lines: [first, end) */
	size_t edit;       /* which edit is for it */
};

struct editor {
	struct line *lines;
	size_t line_count, line_cap;
	struct place *places;
	size_t place_count, place_cap;
	bool found;         /* the section is there */
	size_t part_end;    /* behind the last setting of its first part; comments after it may be about the next section */
	const struct edit *edits;
	size_t edit_count;
	const char *newline;
};

static void split_lines(struct editor *editor, struct slice text)
{
	while (text.len) {
		const char *end = memchr(text.ptr, '\n', text.len);
		size_t len = end ? (size_t)(end - text.ptr) + 1 : text.len;
		struct line line = {.whole = slice_make(text.ptr, len), .text = slice_make(text.ptr, end ? len - 1 : len)};
		if (line.text.len && line.text.ptr[line.text.len - 1] == '\r')
			line.text.len--;
		MEM_RESERVE(editor->lines, editor->line_cap, editor->line_count + 1);
		editor->lines[editor->line_count++] = line;
		text = slice_make(text.ptr + len, text.len - len);
	}
	bool crlf = editor->line_count && editor->lines[0].whole.len - editor->lines[0].text.len == 2;
	editor->newline = crlf ? "\r\n" : "\n";
}

static bool is_blank(struct slice text)
{
	return !slice_trim(text).len;
}

static bool is_header(struct slice text, struct slice *name)
{
	if (!text.len || text.ptr[0] != '[')
		return false;
	const char *close = memchr(text.ptr, ']', text.len);
	if (!close || !is_blank(slice_make(close + 1, (size_t)(text.ptr + text.len - close - 1))))
		return false;
	*name = slice_make(text.ptr + 1, (size_t)(close - text.ptr - 1));
	return true;
}

static bool is_setting(struct slice text, struct slice *name)
{
	size_t len = 0, at;
	while (len < text.len && byte_is_word(text.ptr[len]))
		len++;
	for (at = len; at < text.len && byte_is_blank(text.ptr[at]); at++)
		;
	*name = slice_make(text.ptr, len);
	return len && at < text.len && text.ptr[at] == '=';
}

static bool is_continuation(struct slice text)
{
	return text.len > 1 && byte_is_blank(text.ptr[0]);
}

static void note_setting(struct editor *editor, struct slice name, size_t first, size_t end)
{
	for (size_t i = 0; i < editor->edit_count; i++) {
		if (!slice_equal(editor->edits[i].name, name))
			continue;
		MEM_RESERVE(editor->places, editor->place_cap, editor->place_count + 1);
		editor->places[editor->place_count++] = (struct place){first, end, i};
	}
}

/* Behind all lines from at on that would continue a value: after a header these are indented comments. */
static size_t skip_continuation(const struct editor *editor, size_t at)
{
	while (at < editor->line_count && is_continuation(editor->lines[at].text))
		at++;
	return at;
}

static void find_places(struct editor *editor, edit_matches *matches, void *context)
{
	bool inside = false, first_part = false;
	for (size_t i = 0; i < editor->line_count;) {
		struct slice text = editor->lines[i].text, name;
		size_t first = i++;
		if (is_header(text, &name)) {
			inside = matches(context, name);
			first_part = inside && !editor->found;
			editor->found |= inside;
			i = skip_continuation(editor, i);
			editor->part_end = first_part ? i : editor->part_end;
		} else if (is_setting(text, &name)) {
			i = skip_continuation(editor, i);
			if (inside)
				note_setting(editor, name, first, i);
			editor->part_end = first_part ? i : editor->part_end;
		}
	}
}

/* A value's lines behind the first are indented by one tab. One that is empty gets a blank after it, else it would end the value. */
static void write_setting(const struct editor *editor, const struct edit *edit, struct str *out)
{
	struct slice rest = edit->value;
	str_add_slice(out, edit->name);
	str_adds(out, " =");
	for (bool first = true; first || rest.len; first = false) {
		const char *end = memchr(rest.ptr, '\n', rest.len);
		size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
		str_adds(out, !first ? len ? "\t" : "\t " : len ? " " : "");
		str_add(out, rest.ptr, len);
		str_adds(out, editor->newline);
		rest = slice_make(rest.ptr + len + (end != NULL), rest.len - len - (end != NULL));
	}
}

/* A carriage return at the end of the file was read as a part of the line's end. */
static void end_last_line(const struct editor *editor, struct str *out)
{
	if (out->len && out->data[out->len - 1] != '\n')
		str_adds(out, out->data[out->len - 1] == '\r' ? "\n" : editor->newline);
}

/* Is this the place that counts for its setting, the last one? */
static bool is_last_place(const struct editor *editor, size_t index)
{
	for (size_t i = index + 1; i < editor->place_count; i++) {
		if (editor->places[i].edit == editor->places[index].edit)
			return false;
	}
	return true;
}

static bool has_place(const struct editor *editor, size_t edit)
{
	for (size_t i = 0; i < editor->place_count; i++) {
		if (editor->places[i].edit == edit)
			return true;
	}
	return false;
}

static void add_missing(const struct editor *editor, struct str *out)
{
	for (size_t i = 0; i < editor->edit_count; i++) {
		if (!editor->edits[i].value.len || has_place(editor, i))
			continue;
		end_last_line(editor, out);
		write_setting(editor, &editor->edits[i], out);
	}
}

static void rewrite(const struct editor *editor, struct str *out)
{
	size_t place = 0;
	for (size_t i = 0; i < editor->line_count;) {
		if (editor->found && i == editor->part_end)
			add_missing(editor, out);
		if (place < editor->place_count && editor->places[place].first == i) {
			const struct edit *edit = &editor->edits[editor->places[place].edit];
			bool changes = edit->value.len && is_last_place(editor, place);
			if (changes)
				write_setting(editor, edit, out);
			if (changes || !edit->value.len) {
				i = editor->places[place++].end;
				continue;
			}
			place++;
		}
		str_add_slice(out, editor->lines[i++].whole);
	}
	if (editor->found && editor->part_end == editor->line_count)
		add_missing(editor, out);
}

static bool adds_something(const struct editor *editor)
{
	for (size_t i = 0; i < editor->edit_count; i++) {
		if (editor->edits[i].value.len)
			return true;
	}
	return false;
}

static bool is_name(struct slice name)
{
	for (size_t at = 0; at < name.len; at++) {
		if (!byte_is_word(name.ptr[at]))
			return false;
	}
	return name.len > 0;
}

/* A carriage return there would be read as a part of the line's end. */
static bool has_return_at_line_end(struct slice value)
{
	for (size_t at = 0; at < value.len; at++) {
		if (value.ptr[at] == '\r' && (at + 1 == value.len || value.ptr[at + 1] == '\n'))
			return true;
	}
	return false;
}

static int check(const char *section, const struct edit *edits, size_t count, struct err *err)
{
	if (strpbrk(section, "]\n"))
		return err_set(err, "a section name cannot hold a bracket or a newline: %s", section);
	for (size_t i = 0; i < count; i++) {
		struct slice name = edits[i].name;
		if (!is_name(name))
			return err_set(err, "\"%.*s\" is no name for a setting: only letters, digits and _ may stand in it",
				       (int)name.len, name.ptr);
		if (has_return_at_line_end(edits[i].value))
			return err_set(err, "the value for %.*s has a carriage return at the end of a line, which no .mrconfig can "
					    "hold: leave it out", (int)name.len, name.ptr);
	}
	return 0;
}

int edit_text(struct slice text, const char *section, edit_matches *matches, void *context, const struct edit *edits,
	      size_t count, struct str *out, struct err *err)
{
	struct editor editor = {.edits = edits, .edit_count = count};
	if (check(section, edits, count, err))
		return -1;
	split_lines(&editor, text);
	find_places(&editor, matches, context);
	rewrite(&editor, out);
	if (!editor.found && adds_something(&editor)) {
		end_last_line(&editor, out);
		str_addf(out, "%s[%s]%s", editor.newline, section, editor.newline);
		add_missing(&editor, out);
	}
	free(editor.lines);
	free(editor.places);
	return 0;
}
