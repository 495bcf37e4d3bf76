/* See path.h. */
#include "base/path.h"

#include "base/mem.h"
#include "base/str.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *path_join(const char *dir, const char *name)
{
	if (name[0] == '/')
		return mem_strdup(name);
	size_t len = strlen(dir), name_len = strlen(name);
	char *path = mem_realloc(NULL, len + name_len + 2, 1);
	memcpy(path, dir, len);
	if (!len || dir[len - 1] != '/')
		path[len++] = '/';
	memcpy(path + len, name, name_len + 1);
	return path;
}

char *path_parent(const char *path)
{
	size_t len = strlen(path);
	while (len > 1 && path[len - 1] == '/')
		len--;
	while (len && path[len - 1] != '/')
		len--;
	if (!len)
		return mem_strdup(".");
	while (len > 1 && path[len - 1] == '/')
		len--;
	return mem_dup(path, len);
}

char *path_normalise(const char *path)
{
	struct str out = STR_INIT;
	while (*path) {
		size_t len = strcspn(path, "/");
		if (len == 2 && path[0] == '.' && path[1] == '.') {
			while (out.len && out.data[out.len - 1] != '/')
				str_truncate(&out, out.len - 1);
			if (out.len)
				str_truncate(&out, out.len - 1);
		} else if (len && !(len == 1 && path[0] == '.')) {
			str_addc(&out, '/');
			str_add(&out, path, len);
		}
		path += len + (path[len] == '/');
	}
	if (!out.len)
		str_addc(&out, '/');
	return str_detach(&out);
}

bool path_is_within(const char *path, const char *dir)
{
	size_t len = strlen(dir);
	if (len && dir[len - 1] == '/')
		len--;
	return strncmp(path, dir, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

/* What a link says, seen from the directory that it is in; NULL when path is no link. */
static char *link_target(const char *path, const char *dir)
{
	struct stat st;
	if (lstat(path, &st) || !S_ISLNK(st.st_mode))
		return NULL;
	size_t room = st.st_size > 0 ? (size_t)st.st_size + 1 : PATH_MAX;
	char *text = mem_calloc(room + 1, 1);
	char *target = readlink(path, text, room) < 0 ? NULL : path_join(dir, text);
	free(text);
	return target;
}

static char *last_component(const char *path)
{
	size_t len = strlen(path);
	while (len > 1 && path[len - 1] == '/')
		len--;
	size_t start = len;
	while (start && path[start - 1] != '/')
		start--;
	return mem_dup(path + start, len - start);
}

/* hops: links to nothing may lead to links to nothing. */
static char *real_path(const char *path, int hops)
{
	char *real = realpath(path, NULL);
	if (real || errno != ENOENT || !hops)
		return real;
	char *parent = path_parent(path);
	char *real_parent = realpath(parent, NULL);
	free(parent);
	if (!real_parent)
		return NULL;
	char *name = last_component(path);
	char *joined = path_join(real_parent, name);
	char *target = link_target(joined, real_parent);
	if (target)
		real = real_path(target, hops - 1);
	else
		real = mem_strdup(joined);
	free(target);
	free(joined);
	free(name);
	free(real_parent);
	return real;
}

char *path_real(const char *path)
{
	return real_path(path, 40);
}

char *path_cwd(void)
{
	for (size_t size = PATH_MAX;; size *= 2) {
		char *buffer = mem_realloc(NULL, size, 1);
		if (getcwd(buffer, size))
			return buffer;
		free(buffer);
		if (errno != ERANGE)
			return NULL;
	}
}

char *path_logical_cwd(void)
{
	const char *pwd = getenv("PWD");
	struct stat named, here;
	if (pwd && pwd[0] == '/' && stat(pwd, &named) == 0 && stat(".", &here) == 0 &&
	    named.st_dev == here.st_dev && named.st_ino == here.st_ino)
		return path_normalise(pwd);
	return path_cwd();
}

char *path_find_program(const char *name, const char *from)
{
	const char *search = getenv("PATH");
	while (search && *search) {
		size_t len = strcspn(search, ":");
		char *dir = mem_dup(len ? search : ".", len ? len : 1);
		char *whole = path_join(from, dir);
		char *path = path_join(whole, name);
		free(whole);
		free(dir);
		if (path_is_file(path) && access(path, X_OK) == 0)
			return path;
		free(path);
		search += len + (search[len] == ':');
	}
	return NULL;
}

bool path_is_dir(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool path_is_file(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool path_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

int path_make_dirs(const char *path)
{
	if (mkdir(path, 0777) == 0 || (errno == EEXIST && path_is_dir(path)))
		return 0;
	if (errno != ENOENT)
		return -1;
	char *parent = path_parent(path);
	int failed = strcmp(parent, path) == 0 || strcmp(parent, ".") == 0 ? -1 : path_make_dirs(parent);
	free(parent);
	if (failed)
		return -1;
	return mkdir(path, 0777) == 0 || (errno == EEXIST && path_is_dir(path)) ? 0 : -1;
}
