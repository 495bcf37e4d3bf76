/* The config editor on any file: the first line of the input is NAME VALUE, the rest the file. What is set must be read back by the
 * reader as it was set, and every line that is not of that setting must stay. */
#include "registry/edit.h"
#include "registry/reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct found {
	struct slice want;
	bool inside;
	bool seen;
	struct str value;
};

static int on_section(void *context, struct reader *reader, struct slice name)
{
	(void)reader;
	((struct found *)context)->inside = slice_is(name, "s");
	return 0;
}

static int on_setting(void *context, struct reader *reader, struct slice name, struct slice value)
{
	struct found *found = context;
	(void)reader;
	if (found->inside && slice_equal(name, found->want)) {
		str_clear(&found->value);
		str_add_slice(&found->value, value);
		found->seen = true;
	}
	return 0;
}

static int on_broken(void *context, struct reader *reader)
{
	(void)context, (void)reader;
	return 0;
}

static bool matches(void *context, struct slice header)
{
	(void)context;
	return slice_is(header, "s");
}

/* What the reader makes of the file. */
static void read_back(struct found *found, const struct str *file)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const struct reader_handler handler = {on_section, on_setting, on_broken, found};
	char *text = mem_dup(str_cstr(file), file->len);
	if (reader_run("fuzzed", text, file->len, &handler, &arena, &err))
		abort();
	free(text);
	arena_release(&arena);
	err_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice all = slice_make((const char *)data, size), name;
	const char *end = size ? memchr(data, '\n', size) : NULL;
	if (!end)
		return 0;
	struct slice value = slice_make(all.ptr, (size_t)(end - all.ptr));
	struct slice file = slice_make(end + 1, size - value.len - 1);
	if (!slice_word(&value, &name))
		return 0;
	value = slice_trim(value);
	struct str out = STR_INIT, again = STR_INIT;
	struct err err = ERR_INIT;
	const struct edit edit = {name, value};
	if (edit_text(file, "s", matches, NULL, &edit, 1, &out, &err) == 0) {
		struct found found = {.want = name};
		read_back(&found, &out);
		if (found.seen != (value.len > 0) || (value.len && !slice_equal(str_slice(&found.value), value)))
			abort();
		/* Doing it twice changes nothing more; but for a file whose line endings are no longer what they seemed. */
		bool mixed = size && memchr(data, '\r', size);
		if (!mixed && (edit_text(str_slice(&out), "s", matches, NULL, &edit, 1, &again, &err) ||
		    !slice_equal(str_slice(&out), str_slice(&again))))
			abort();
		str_release(&found.value);
	}
	str_release(&out);
	str_release(&again);
	err_release(&err);
	return 0;
}
