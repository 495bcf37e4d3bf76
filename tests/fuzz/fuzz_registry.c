/* Loading a registry from any two files: ~/.mrconfig, trusted, and one below it, which is not. `0` at the beginning of the input: there
 * is only the untrusted one, and then nothing may be run, and nothing may be known that trust.h does not allow. \003 is between the
 * files. Commands are not run (the Makefile puts another command_run() in its place): what they print is made from their text. */
#include "base/file.h"
#include "base/path.h"
#include "registry/command.h"
#include "registry/registry.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool may_run;
static unsigned runs;

int __wrap_command_run(const char *text, struct str *out, size_t limit, int *status);

/* The command's text but for the last byte, which is its exit status if it is a digit. */
int __wrap_command_run(const char *text, struct str *out, size_t limit, int *status)
{
	size_t len = strlen(text);
	if (!may_run)
		abort();
	*status = len && text[len - 1] >= '0' && text[len - 1] <= '9' ? (text[len - 1] - '0') << 8 : 0;
	/* Including itself doubles a text each time. */
	if (out && len && len <= limit && runs++ < 50)
		str_add(out, text, len - 1);
	return 0;
}

static char home[] = "/tmp/fuzz-registry.XXXXXX";
static char *user_config, *sub, *sub_config;

static void remove_files(void)
{
	unlink(user_config);
	unlink(sub_config);
	rmdir(sub);
	rmdir(home);
}

static void make_home(void)
{
	if (user_config)
		return;
	if (!mkdtemp(home) || setenv("HOME", home, 1))
		abort();
	user_config = path_join(home, ".mrconfig");
	sub = path_join(home, "sub");
	sub_config = path_join(sub, ".mrconfig");
	if (path_make_dirs(sub))
		abort();
	atexit(remove_files);
}

static void write_file(const char *path, struct slice text)
{
	FILE *file = fopen(path, "we");
	if (!file || fwrite(text.ptr, 1, text.len, file) != text.len || fclose(file))
		abort();
}

/* Only these bytes, and no two dots in a row: nothing that a shell or a path could make something of. */
static bool is_plain(struct slice text, const char *allowed)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!text.ptr[i] || (!byte_is_word(text.ptr[i]) && !strchr(allowed, text.ptr[i])))
			return false;
	}
	return true;
}

static void check_untrusted(const struct section *section, const char *name, const struct setting *setting)
{
	struct slice value = setting->value;
	if (!is_plain(section_name(section), "-.+/") || section_name(section).ptr[0] == '/' ||
	    strstr(section_path(section), ".."))
		abort();
	if (setting->builtin || strcmp(setting->file, "built-in") == 0 || slice_is(value, "true") || slice_is(value, "false") ||
	    strcmp(name, "order") == 0)
		return;
	/* A quote only closes what it opened: no word in them is more than one. */
	if (strcmp(name, "checkout") || !is_plain(value, " \t-.+/:@'\""))
		abort();
}

static void say(void *context, bool is_error, const char *line)
{
	(void)is_error;
	*(size_t *)context += strlen(line);
}

static void walk(const struct registry *registry)
{
	for (size_t i = 0; i < registry_section_count(registry); i++) {
		const struct section *section = registry_section(registry, i);
		size_t count;
		if (strlen(section_path(section)) < section_name(section).len || section_order(section) != section_order(section))
			abort();
		const struct named_setting *tests = section_ending(section, "_test", &count);
		if (count < 10 || !tests[0].setting)
			abort();
		for (size_t n = 0; n < registry_action_count(registry); n++) {
			const char *name = registry_action_name(registry, n);
			const struct setting *setting = section_get(section, name);
			if (setting && setting->value.ptr[setting->value.len])
				abort();
			if (setting && !may_run)
				check_untrusted(section, name, setting);
		}
	}
}

static void load(bool trusted)
{
	struct err err = ERR_INIT;
	struct registry *registry;
	size_t said = 0;
	const struct registry_opts opts = {
	    .home = home, .user_config = user_config, .config = trusted ? user_config : sub_config, .say = say, .say_context = &said,
	};
	may_run = trusted;
	runs = 0;
	if (registry_load(&registry, &opts, &err) == 0) {
		walk(registry);
		registry_free(registry);
	} else if (!*err_text(&err)) {
		abort();
	}
	err_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	make_home();
	bool trusted = !size || data[0] != '0';
	struct slice first = slice_make((const char *)data, size);
	const char *between = size ? memchr(data, '\003', size) : NULL;
	if (!trusted) {
		unlink(user_config);
		write_file(sub_config, slice_make(first.ptr + 1, first.len - 1));
	} else {
		first.len = between ? (size_t)(between - first.ptr) : first.len;
		write_file(user_config, first);
		write_file(sub_config, between ? slice_make(between + 1, size - first.len - 1) : slice_make("", 0));
	}
	load(trusted);
	return 0;
}
