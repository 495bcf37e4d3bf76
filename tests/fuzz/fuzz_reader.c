/* The registry's reader on any bytes: what it says must point into the text, lines must count upwards, and including text in place
 * must end. Nothing is run. */
#include "registry/reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct watch {
	unsigned last_line;
	size_t includes;
};

static void check_place(struct watch *watch, const struct reader *reader)
{
	const struct reader_place *place = reader_place(reader);
	if (place->first_line > place->last_line || (!place->included && place->first_line < watch->last_line))
		abort();
	if (!place->included)
		watch->last_line = place->first_line;
}

static int on_section(void *context, struct reader *reader, struct slice name)
{
	check_place(context, reader);
	if (name.len && memchr(name.ptr, ']', name.len))
		abort();
	return 0;
}

static int on_setting(void *context, struct reader *reader, struct slice name, struct slice value)
{
	struct watch *watch = context;
	check_place(watch, reader);
	for (size_t i = 0; i < name.len; i++) {
		if (!byte_is_word(name.ptr[i]))
			abort();
	}
	if (!name.len || value.ptr[value.len] != '\0')
		abort();
	/* A value stands for the output of its include, as the real ones are output of commands. */
	if (slice_is(name, "include") && watch->includes++ < 64) {
		static char kept[64][4096];
		char *text = kept[watch->includes - 1];
		size_t len = value.len < sizeof kept[0] - 1 ? value.len : sizeof kept[0] - 1;
		memcpy(text, value.ptr, len);
		text[len] = '\0';
		reader_include(reader, text, len);
	}
	return 0;
}

static int on_broken(void *context, struct reader *reader)
{
	check_place(context, reader);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct watch watch = {0};
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const struct reader_handler handler = {on_section, on_setting, on_broken, &watch};
	char *text = mem_dup(data, size);
	reader_run("fuzzed", text, size, &handler, &arena, &err);
	free(text);
	arena_release(&arena);
	err_release(&err);
	return 0;
}
