/* A scratch home directory with configuration files, and what loading them says. */
#ifndef MR_TESTS_REGISTRY_FIXTURE_H
#define MR_TESTS_REGISTRY_FIXTURE_H

#include "base/mem.h"
#include "base/path.h"
#include "registry/registry.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	char *home; /* physical */
	struct registry *registry;
	struct err err;
	struct str out; /* what was said for standard output, a line each */
	struct str errors;
	bool trust_all;
	bool verbose;
	const char *config; /* below home; NULL: ~/.mrconfig */
};

static MR_UNUSED void fixture_say(void *context, bool is_error, const char *line)
{
	struct fixture *f = context;
	str_addf(is_error ? &f->errors : &f->out, "%s\n", line);
}

static MR_UNUSED int fixture_setup(void **state)
{
	struct fixture *f = mem_calloc(1, sizeof *f);
	char template[] = "/tmp/mr-registry-XXXXXX";
	assert_non_null(mkdtemp(template));
	f->home = path_real(template);
	assert_int_equal(setenv("HOME", f->home, 1), 0);
	*state = f;
	return 0;
}

static MR_UNUSED int fixture_remove(const char *path, MR_UNUSED const struct stat *st, MR_UNUSED int type,
				    MR_UNUSED struct FTW *ftw)
{
	return remove(path);
}

static MR_UNUSED int fixture_teardown(void **state)
{
	struct fixture *f = *state;
	registry_free(f->registry);
	err_release(&f->err);
	str_release(&f->out);
	str_release(&f->errors);
	nftw(f->home, fixture_remove, 16, FTW_DEPTH | FTW_PHYS);
	free(f->home);
	free(f);
	return 0;
}

/* Writes a file below home and makes its directories. */
static MR_UNUSED void fixture_write_bytes(struct fixture *f, const char *name, const char *bytes, size_t len)
{
	char *path = path_join(f->home, name), *parent = path_parent(path);
	assert_int_equal(path_make_dirs(parent), 0);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	free(parent);
	free(path);
}

static MR_UNUSED void fixture_write(struct fixture *f, const char *name, const char *text)
{
	fixture_write_bytes(f, name, text, strlen(text));
}

/* Loads; 0, or -1 with f->err. */
static MR_UNUSED int fixture_try(struct fixture *f)
{
	char *user = path_join(f->home, ".mrconfig");
	char *config = f->config ? path_join(f->home, f->config) : mem_strdup(user);
	struct registry_opts opts = {
	    .home = f->home,
	    .user_config = user,
	    .config = config,
	    .trust_all = f->trust_all,
	    .verbose = f->verbose,
	    .say = fixture_say,
	    .say_context = f,
	};
	registry_free(f->registry);
	f->registry = NULL;
	str_clear(&f->out);
	str_clear(&f->errors);
	int failed = registry_load(&f->registry, &opts, &f->err);
	free(config);
	free(user);
	return failed;
}

static MR_UNUSED void fixture_load(struct fixture *f, const char *text)
{
	fixture_write(f, ".mrconfig", text);
	if (fixture_try(f))
		fail_msg("%s", err_text(&f->err));
}

/* In a message, the home directory stands as ~. For free(). */
static MR_UNUSED char *fixture_tilde(const struct fixture *f, const char *text)
{
	struct str out = STR_INIT;
	size_t len = strlen(f->home);
	while (*text)
		if (strncmp(text, f->home, len) == 0) {
			str_addc(&out, '~');
			text += len;
		} else {
			str_addc(&out, *text++);
		}
	return str_detach(&out);
}

static MR_UNUSED void assert_says(const struct fixture *f, const char *said, const char *expected)
{
	char *text = fixture_tilde(f, said);
	assert_string_equal(text, expected);
	free(text);
}

/* The text of a ~/.mrconfig that must fail with this message; a remedy in a last line in parentheses is left out. */
static MR_UNUSED void assert_fails(struct fixture *f, const char *text, const char *expected)
{
	fixture_write(f, ".mrconfig", text);
	assert_int_equal(fixture_try(f), -1);
	char *said = mem_strdup(err_text(&f->err)), *remedy = strstr(said, "\n(");
	if (remedy && !strstr(expected, "\n("))
		*remedy = '\0';
	assert_says(f, said, expected);
	free(said);
}

static MR_UNUSED const struct section *fixture_section(const struct fixture *f, const char *name)
{
	for (size_t i = 0; i < registry_section_count(f->registry); i++)
		if (slice_is(section_name(registry_section(f->registry, i)), name))
			return registry_section(f->registry, i);
	return NULL;
}

/* A setting's value, NULL when it or the section is not there. */
static MR_UNUSED const char *value_of(const struct fixture *f, const char *section, const char *name)
{
	const struct section *found = fixture_section(f, section);
	const struct setting *setting = found ? section_get(found, name) : NULL;
	return setting ? setting->value.ptr : NULL;
}

#endif
