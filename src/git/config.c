/* See config.h. The order is git's: system, $XDG_CONFIG_HOME, home, repository, environment. Conditions: gitdir, gitdir/i, onbranch;
 * any other leaves the repository to git. */
#include "git/config.h"

#include "base/file.h"
#include "base/path.h"
#include "git/environment.h"
#include "git/map.h"
#include "git/wildmatch.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 10, COUNT_LIMIT = 1000 };

/* Files that were read before; one without a path in it is not there. */
static struct {
	struct kept {
		char *path;
		struct config_file file;
	} **list;
	size_t count;
	size_t cap;
	struct config_file environment;
	bool has_environment;
} cache;

struct reading {
	const struct config_place *place;
	config_visit *visit;
	void *cookie;
	int depth;
};

static bool is_word(const char *value, const char *a, const char *b, const char *c, const char *d)
{
	return !strcasecmp(value, a) || !strcasecmp(value, b) || !strcasecmp(value, c) || !strcmp(value, d);
}

/* Parses a file, name in the open directory dir, if it is there. Links are followed, as git does. */
static int parse_file(struct config_file *file, const char *path, int dir, const char *name, struct err *err)
{
	struct map map = {0};
	if (!strcmp(path, "/dev/null"))
		return 0;
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : err_sys(err, errno, "%s", path);
	int failed = map_descriptor(&map, fd, path, err);
	if (!failed)
		failed = config_file_parse(file, path, slice_make((const char *)map.bytes, map.len), err);
	close(fd);
	map_close(&map);
	return failed;
}

static int find_file(struct config_file **file, const char *path, struct err *err)
{
	for (size_t i = 0; i < cache.count; i++) {
		if (!strcmp(cache.list[i]->path, path)) {
			*file = &cache.list[i]->file;
			return 0;
		}
	}
	struct kept *kept = mem_calloc(1, sizeof *kept);
	if (parse_file(&kept->file, path, AT_FDCWD, path, err)) {
		config_file_release(&kept->file);
		free(kept);
		return -1;
	}
	kept->path = mem_strdup(path);
	MEM_RESERVE(cache.list, cache.cap, cache.count + 1);
	cache.list[cache.count++] = kept;
	*file = &kept->file;
	return 0;
}

void config_forget(void)
{
	for (size_t i = 0; i < cache.count; i++) {
		config_file_release(&cache.list[i]->file);
		free(cache.list[i]->path);
		free(cache.list[i]);
	}
	cache.count = 0;
	config_file_release(&cache.environment);
	cache.has_environment = false;
}

char *config_branch(const char *git_dir, struct err *err)
{
	char *path = path_join(git_dir, "HEAD"), *branch = NULL;
	struct str text = STR_INIT;
	struct stat st;
	if (lstat(path, &st) || !S_ISREG(st.st_mode))
		err_set(err, "HEAD is no regular file");
	else if (!file_read(path, &text, err)) {
		struct slice name = slice_trim(str_slice(&text));
		bool symbolic = slice_starts(name, "ref:");
		if (symbolic)
			name = slice_trim(slice_make(name.ptr + 4, name.len - 4));
		bool branched = symbolic && slice_starts(name, "refs/heads/");
		branch = branched ? mem_dup(name.ptr + 11, name.len - 11) : mem_strdup("");
	}
	str_release(&text);
	free(path);
	return branch;
}

static void lower(char *text)
{
	for (; *text; text++)
		*text = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
}

/* Does the repository lie where pattern, which is "/..." or "**" and the like, says? */
static bool is_there(const char *git_dir, const char *pattern, bool fold)
{
	char *text = mem_strdup(git_dir), *rule = mem_strdup(pattern);
	if (fold) {
		lower(text);
		lower(rule);
	}
	bool holds = wildmatch(rule, text, true);
	free(text);
	free(rule);
	return holds;
}

/* The path as git also knows the directory, when $PWD names it through links: then what does not match may match all the same. */
static bool has_other_name(const char *git_dir)
{
	const char *pwd = getenv("PWD");
	struct stat here, top;
	char *parent = path_parent(git_dir);
	bool other = pwd && *pwd == '/' && !path_is_within(pwd, parent) && !stat(pwd, &here) && !stat(parent, &top) &&
		     here.st_ino == top.st_ino && here.st_dev == top.st_dev;
	free(parent);
	return other;
}

/* 1, 0, -1 */
static int check_place(const struct config_place *place, const char *condition, bool fold, struct err *err)
{
	const char *home = getenv("HOME");
	size_t len = strlen(condition);
	struct str pattern = STR_INIT;
	if (!len || *condition == '.' || (*condition == '~' && (condition[1] != '/' || !home)) || *condition == '%' ||
	    (fold && strpbrk(condition, "[\\")))
		return err_set(err, "includeIf \"gitdir:%.100s\" is set", condition);
	char *real = *condition == '~' ? path_real(home) : NULL;
	if (*condition == '~' && !real)
		return err_set(err, "HOME is missing");
	if (real)
		str_addf(&pattern, "%s%s", real, condition + 1);
	else
		str_addf(&pattern, "%s%s", *condition == '/' ? "" : "**/", condition);
	if (condition[len - 1] == '/')
		str_adds(&pattern, "**");
	/* A home directory is no pattern, whatever its name. */
	int odd = real && strpbrk(real, "*?[\\") ? err_set(err, "HOME has an odd name") : 0;
	bool holds = !odd && is_there(place->git_dir, str_cstr(&pattern), fold);
	/* upload-pack stands there, and takes its name for "DIR/.", too. */
	if (!odd && !holds && place->alone) {
		char *dot = mem_format("%s/.", place->git_dir);
		holds = is_there(dot, str_cstr(&pattern), fold);
		free(dot);
	}
	str_release(&pattern);
	free(real);
	if (!odd && !holds && has_other_name(place->git_dir))
		return err_set(err, "includeIf \"gitdir:\" is set and there are links");
	return odd ? -1 : holds;
}

static int check_branch(const struct config_place *place, const char *condition, struct err *err)
{
	size_t len = strlen(condition);
	char *branch = config_branch(place->git_dir, err);
	if (!branch)
		return -1;
	char *pattern = mem_format("%s%s", condition, len && condition[len - 1] == '/' ? "**" : "");
	bool holds = *branch && wildmatch(pattern, branch, true);
	free(pattern);
	free(branch);
	return holds;
}

/* key is "includeif.CONDITION.path". 1, 0, -1 */
static int condition_holds(const struct config_place *place, const char *key, struct err *err)
{
	char *condition = mem_dup(key + 10, strlen(key) - 10 - strlen(".path"));
	int holds;
	if (!strncmp(condition, "gitdir:", 7))
		holds = check_place(place, condition + 7, false, err);
	else if (!strncmp(condition, "gitdir/i:", 9))
		holds = check_place(place, condition + 9, true, err);
	else if (!strncmp(condition, "onbranch:", 9))
		holds = check_branch(place, condition + 9, err);
	else
		holds = err_set(err, "includeIf \"%.100s\" is set", condition);
	free(condition);
	return holds;
}

/* Where an include leads. For free(); NULL with a message. */
static char *include_path(const char *value, const char *from, struct err *err)
{
	char *path = value ? environment_home(value) : NULL;
	if (path)
		return path;
	if (!value || !*value || *value == '~' || *value == '%' || *from != '/') {
		err_set(err, "an include is not understood");
		return NULL;
	}
	char *dir = path_parent(from);
	path = path_join(dir, value);
	free(dir);
	return path;
}

static int visit_file(struct reading *reading, struct config_file *file, struct err *err);

static int follow(struct reading *reading, const struct config_entry *entry, const char *from, struct err *err)
{
	bool plain = !strcmp(entry->key, "include.path");
	size_t len = strlen(entry->key);
	if (!plain && (strncmp(entry->key, "includeif.", 10) != 0 || len < 16 || strcmp(entry->key + len - 5, ".path") != 0))
		return 0;
	int holds = plain ? 1 : condition_holds(reading->place, entry->key, err);
	if (holds <= 0)
		return holds;
	if (reading->depth >= DEPTH_LIMIT)
		return err_set(err, "includes are nested too deeply");
	char *path = include_path(entry->value, from, err);
	struct config_file *file;
	int failed = !path || find_file(&file, path, err) ? -1 : 0;
	free(path);
	reading->depth++;
	if (!failed)
		failed = visit_file(reading, file, err);
	reading->depth--;
	return failed;
}

static int visit_file(struct reading *reading, struct config_file *file, struct err *err)
{
	for (size_t i = 0; i < file->count; i++)
		if (reading->visit(reading->cookie, &file->list[i], err) || follow(reading, &file->list[i], file->path, err))
			return -1;
	return 0;
}

/* path is freed; NULL is nothing. */
static int visit_path(struct reading *reading, char *path, struct err *err)
{
	struct config_file *file;
	if (!path)
		return 0;
	int failed = find_file(&file, path, err) || visit_file(reading, file, err) ? -1 : 0;
	free(path);
	return failed;
}

/* /etc/gitconfig, unless GIT_CONFIG_SYSTEM and GIT_CONFIG_NOSYSTEM say otherwise. */
static int visit_system(struct reading *reading, struct err *err)
{
	const char *off = environment_get("GIT_CONFIG_NOSYSTEM");
	const char *path = getenv("GIT_CONFIG_SYSTEM");
	if (off && is_word(off, "true", "yes", "on", "1"))
		return 0;
	if (off && !is_word(off, "false", "no", "off", "0"))
		return err_set(err, "GIT_CONFIG_NOSYSTEM is not understood");
	if (path && *path != '/')
		return err_set(err, "GIT_CONFIG_SYSTEM is no absolute path");
	return visit_path(reading, mem_strdup(path ? path : "/etc/gitconfig"), err);
}

static int visit_global(struct reading *reading, struct err *err)
{
	const char *path = getenv("GIT_CONFIG_GLOBAL");
	const char *home = getenv("HOME");
	if (path && *path != '/')
		return err_set(err, "GIT_CONFIG_GLOBAL is no absolute path");
	if (path)
		return visit_path(reading, mem_strdup(path), err);
	if (visit_path(reading, environment_xdg("config"), err))
		return -1;
	return visit_path(reading, home ? path_join(home, ".gitconfig") : NULL, err);
}

/* The name of a section, or of a variable. */
static bool is_name(const char *text, const char *end)
{
	const char *at = text;
	while (at < end && (isalnum((unsigned char)*at) || *at == '-'))
		at++;
	return at == end && at > text && isalpha((unsigned char)*text);
}

/* A key as GIT_CONFIG_KEY_n has it, as text of a file that says the same. */
static int add_pair(struct str *text, const char *key, const char *value, struct err *err)
{
	const char *first = strchr(key, '.'), *last = strrchr(key, '.');
	if (!first || !is_name(key, first) || !is_name(last + 1, last + strlen(last)) || strpbrk(key, "\n\"\\") ||
	    strpbrk(value, "\n\r\t\"\\"))
		return err_set(err, "GIT_CONFIG_KEY_... is not understood");
	str_addf(text, "[%.*s", (int)(first - key), key);
	if (last != first)
		str_addf(text, " \"%.*s\"", (int)(last - first - 1), first + 1);
	str_addf(text, "]\n%s = \"%s\"\n", last + 1, value);
	return 0;
}

static int parse_environment(struct err *err)
{
	const char *number = environment_get("GIT_CONFIG_COUNT");
	struct str text = STR_INIT;
	char *end = NULL;
	long count = number ? strtol(number, &end, 10) : 0;
	int failed = count < 0 || count > COUNT_LIMIT || (number && (*end || end == number))
			 ? err_set(err, "GIT_CONFIG_COUNT is not understood")
			 : 0;
	for (long i = 0; i < count && !failed; i++) {
		char *key_name = mem_format("GIT_CONFIG_KEY_%ld", i), *value_name = mem_format("GIT_CONFIG_VALUE_%ld", i);
		const char *key = getenv(key_name), *value = getenv(value_name);
		failed = key && value ? add_pair(&text, key, value, err) : err_set(err, "%s is missing", key ? value_name : key_name);
		free(key_name);
		free(value_name);
	}
	if (!failed)
		failed = config_file_parse(&cache.environment, "GIT_CONFIG_KEY_...", str_slice(&text), err);
	str_release(&text);
	if (failed)
		config_file_release(&cache.environment);
	cache.has_environment = !failed;
	return failed;
}

static int visit_environment(struct reading *reading, struct err *err)
{
	if (!cache.has_environment && parse_environment(err))
		return -1;
	return visit_file(reading, &cache.environment, err);
}

int config_read_user(const struct config_place *place, config_visit *visit, void *cookie, struct err *err)
{
	struct reading reading = {place, visit, cookie, 0};
	return visit_system(&reading, err) || visit_global(&reading, err) ? -1 : 0;
}

int config_read(const struct config_place *place, struct config_file *own, config_visit *visit, void *cookie, struct err *err)
{
	struct reading reading = {place, visit, cookie, 0};
	if (!place->alone && config_read_user(place, visit, cookie, err))
		return -1;
	bool is_open = place->dir >= 0;
	if (parse_file(own, place->config, is_open ? place->dir : AT_FDCWD, is_open ? "config" : place->config, err) ||
	    visit_file(&reading, own, err))
		return -1;
	return place->alone ? 0 : visit_environment(&reading, err);
}
