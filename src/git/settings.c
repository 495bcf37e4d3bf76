/* See settings.h. libgit2 parses the files and follows includes; which files there are is decided here, by git's rules.
 * */
#include "git/settings.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "git/config_text.h"
#include "git/environment.h"
#include "git/library.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool is_true(const char *value)
{
	return !strcasecmp(value, "true") || !strcasecmp(value, "yes") || !strcasecmp(value, "on") ||
	       !strcmp(value, "1");
}

static int fail(struct err *err)
{
	const git_error *last = git2.error_last();
	return err_set(err, "configuration: %s", last && last->message ? last->message : "unknown error");
}

/* What is being read, and how. */
struct reading {
	git_config *config;
	git_repository *repo; /* NULL: conditional includes are not followed */
	const char *git_dir;
	enum policy_role role;
	bool has_conditions;
};

/* Adds a file if it is there. path is freed. */
static int add_file(struct reading *reading, char *path, git_config_level_t level, struct err *err)
{
	struct str text = STR_INIT;
	int failed = 0;
	if (!path)
		return 0;
	if (!access(path, R_OK)) {
		failed = file_read(path, &text, err) || config_text_check(str_slice(&text), path, err) ? -1 : 0;
		if (!failed && git2.config_add_file_ondisk(reading->config, path, level, reading->repo, 0))
			failed = fail(err);
	} else if (errno != ENOENT && errno != ENOTDIR) {
		failed = err_sys(err, errno, "%s", path);
	}
	str_release(&text);
	free(path);
	return failed;
}

/* /etc/gitconfig, unless GIT_CONFIG_SYSTEM and GIT_CONFIG_NOSYSTEM say otherwise. */
static int add_system(struct reading *reading, struct err *err)
{
	const char *off = environment_get("GIT_CONFIG_NOSYSTEM");
	const char *path = getenv("GIT_CONFIG_SYSTEM");
	if (off && is_true(off))
		return 0;
	if (off && strcasecmp(off, "false") && strcasecmp(off, "no") && strcasecmp(off, "off") && strcmp(off, "0"))
		return err_set(err, "GIT_CONFIG_NOSYSTEM is not understood");
	if (path && *path != '/')
		return err_set(err, "GIT_CONFIG_SYSTEM is no absolute path");
	return add_file(reading, mem_strdup(path ? path : "/etc/gitconfig"), GIT_CONFIG_LEVEL_SYSTEM, err);
}

static int add_global(struct reading *reading, struct err *err)
{
	const char *path = getenv("GIT_CONFIG_GLOBAL");
	const char *home = getenv("HOME");
	if (path && *path != '/')
		return err_set(err, "GIT_CONFIG_GLOBAL is no absolute path");
	if (path)
		return add_file(reading, mem_strdup(path), GIT_CONFIG_LEVEL_GLOBAL, err);
	if (home && *home != '/')
		return err_set(err, "HOME is no absolute path");
	if (add_file(reading, environment_xdg("config"), GIT_CONFIG_LEVEL_XDG, err))
		return -1;
	return add_file(reading, home ? path_join(home, ".gitconfig") : NULL, GIT_CONFIG_LEVEL_GLOBAL, err);
}

/* Paths that git and libgit2 may expand differently are refused, and conditions other than on where the repository
 * lies. */
static int check_include(struct reading *reading, const char *key, const char *value, struct err *err)
{
	bool conditional = !strncmp(key, "includeif.", 10);
	if (!conditional && strcmp(key, "include.path") != 0)
		return 0;
	if (!value || !*value || (*value == '~' && value[1] != '/') || *value == '%')
		return err_set(err, "%.100s is not understood", key);
	if (conditional && strncmp(key, "includeif.gitdir:~/", 19) != 0 && strncmp(key, "includeif.gitdir:/", 18) != 0)
		return err_set(err, "%.100s is set", key);
	reading->has_conditions |= conditional;
	return 0;
}

static int keep(struct settings *settings, struct reading *reading, const git_config_entry *entry, struct err *err)
{
	if (check_include(reading, entry->name, entry->value, err) ||
	    policy_check(entry->name, entry->value, reading->role, err))
		return -1;
	MEM_RESERVE(settings->list, settings->cap, settings->count + 1);
	struct setting *setting = &settings->list[settings->count++];
	*setting = (struct setting){mem_strdup(entry->name), mem_strdup(entry->value ? entry->value : "true")};
	return 0;
}

/* Keeps what the files, with what they include, say: first the system's, last the repository's. */
static int keep_all(struct settings *settings, struct reading *reading, struct err *err)
{
	git_config_iterator *iterator;
	git_config_entry *entry;
	if (git2.config_iterator_new(&iterator, reading->config))
		return fail(err);
	int failed = 0, end = 0;
	while (!failed && !(end = git2.config_next(&entry, iterator)))
		failed = keep(settings, reading, entry, err);
	git2.config_iterator_free(iterator);
	if (!failed && end != GIT_ITEROVER)
		failed = fail(err);
	return failed;
}

const char *settings_last(const struct settings *settings, const char *key)
{
	for (size_t i = settings->count; i-- > 0;)
		if (!strcmp(settings->list[i].key, key))
			return settings->list[i].value;
	return NULL;
}

const char *settings_only(const struct settings *settings, const char *key)
{
	const char *value = NULL;
	for (size_t i = 0; i < settings->count; i++) {
		if (strcmp(settings->list[i].key, key) != 0)
			continue;
		if (value)
			return NULL;
		value = settings->list[i].value;
	}
	return value;
}

static bool flag(const struct settings *settings, const char *key, bool otherwise)
{
	const char *value = settings_last(settings, key);
	return value ? is_true(value) : otherwise;
}

/* A file that the user may name: absolute, or below the home directory. Empty means none. */
static int user_file(const struct settings *settings, const char *key, const char *otherwise, char **path,
		     struct err *err)
{
	const char *value = settings_last(settings, key);
	const char *home = getenv("HOME");
	if (!value)
		*path = environment_xdg(otherwise);
	else if (!strncmp(value, "~/", 2) && home)
		*path = path_join(home, value + 2);
	else if (*value == '/' || !*value)
		*path = *value ? mem_strdup(value) : NULL;
	else
		return err_set(err, "%s is no absolute path", key);
	return 0;
}

static int understand(struct settings *settings, struct err *err)
{
	const char *crlf = settings_last(settings, "core.autocrlf");
	settings->file_mode = flag(settings, "core.filemode", true);
	settings->quote_path = flag(settings, "core.quotepath", true);
	settings->relative_paths = flag(settings, "status.relativepaths", true);
	settings->converts_lines = crlf && (is_true(crlf) || !strcasecmp(crlf, "input"));
	if (user_file(settings, "core.excludesfile", "ignore", &settings->excludes_file, err))
		return -1;
	return user_file(settings, "core.attributesfile", "attributes", &settings->attributes_file, err);
}

static int read_files(struct settings *settings, struct reading *reading, struct err *err)
{
	if (git2.config_new(&reading->config))
		return fail(err);
	int failed = 0;
	if (reading->role != POLICY_SERVER)
		failed = add_system(reading, err) || add_global(reading, err) ? -1 : 0;
	if (!failed)
		failed = add_file(reading, path_join(reading->git_dir, "config"), GIT_CONFIG_LEVEL_LOCAL, err);
	if (!failed)
		failed = keep_all(settings, reading, err);
	git2.config_free(reading->config);
	return failed;
}

/* Reads again, with the repository that the conditions of includes are about. */
static int read_with_conditions(struct settings *settings, struct reading *reading, struct err *err)
{
	settings_release(settings);
	if (git2.repository_open(&reading->repo, reading->git_dir))
		return fail(err);
	int failed = read_files(settings, reading, err);
	git2.repository_free(reading->repo);
	return failed;
}

int settings_read(struct settings *settings, const char *git_dir, enum policy_role role, struct err *err)
{
	struct reading reading = {NULL, NULL, git_dir, role, false};
	if (git2_load(err) || read_files(settings, &reading, err))
		return -1;
	if (reading.has_conditions && read_with_conditions(settings, &reading, err))
		return -1;
	return understand(settings, err);
}

void settings_release(struct settings *settings)
{
	for (size_t i = 0; i < settings->count; i++) {
		free(settings->list[i].key);
		free(settings->list[i].value);
	}
	free(settings->list);
	free(settings->excludes_file);
	free(settings->attributes_file);
	*settings = (struct settings){0};
}
