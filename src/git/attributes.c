/* See attributes.h. Patterns are not looked at: an attribute for any file is taken as one for this file. */
#include "git/attributes.h"

#include "base/file.h"
#include "base/path.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool word_is(struct slice word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_is(word, words[i]))
			return true;
	return false;
}

static bool is_plain(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!byte_is_word(name.ptr[i]) && (!i || !strchr("-.", name.ptr[i])))
			return false;
	return name.len > 0;
}

/* One "attr", "-attr", "!attr" or "attr=value". */
static int check_word(struct slice word, const char *file, bool *lines, struct err *err)
{
	static const char *const converting[] = {"filter", "working-tree-encoding", "ident"};
	static const char *const ending[] = {"text", "eol", "crlf"};
	if (*word.ptr == '-' || *word.ptr == '!')
		word = slice_make(word.ptr + 1, word.len - 1);
	const char *equals = memchr(word.ptr, '=', word.len);
	struct slice name = slice_make(word.ptr, equals ? (size_t)(equals - word.ptr) : word.len);
	if (!is_plain(name))
		return err_set(err, "%s has an odd attribute", file);
	if (word_is(name, converting, sizeof converting / sizeof *converting))
		return err_set(err, "%s has the attribute %.*s", file, (int)name.len, name.ptr);
	*lines |= word_is(name, ending, sizeof ending / sizeof *ending);
	return 0;
}

/* A line: a pattern, or [attr]NAME, and attributes. git warns of negative patterns, and of
 * macros elsewhere than at the top; quoted patterns are left to it too. */
static int check_line(struct slice line, const char *file, bool top, bool *lines, struct err *err)
{
	static const char macro[] = "[attr]";
	struct slice word;
	if (memchr(line.ptr, '\v', line.len) || memchr(line.ptr, '\f', line.len))
		return err_set(err, "%s has odd blanks", file);
	if (!slice_word(&line, &word) || *word.ptr == '#')
		return 0;
	if (word.len >= sizeof macro && slice_starts(word, macro) && (!top || !is_plain(slice_make(word.ptr + 6, word.len - 6))))
		return err_set(err, "%s has an odd macro", file);
	if (*word.ptr == '!' || *word.ptr == '"')
		return err_set(err, "%s has an odd pattern", file);
	while (slice_word(&line, &word))
		if (check_word(word, file, lines, err))
			return -1;
	return 0;
}

static int check_text(struct slice text, const char *file, bool top, bool *lines, struct err *err)
{
	if (slice_has_nul(text) || text.len > 100000 || slice_starts(text, "\xef\xbb\xbf"))
		return err_set(err, "%s is not understood", file);
	while (text.len) {
		const char *newline = memchr(text.ptr, '\n', text.len);
		size_t len = newline ? (size_t)(newline - text.ptr) : text.len;
		if (len > 2000)
			return err_set(err, "%s has a long line", file);
		if (check_line(slice_make(text.ptr, len), file, top, lines, err))
			return -1;
		size_t used = len + (newline != NULL);
		text = slice_make(text.ptr + used, text.len - used);
	}
	return 0;
}

/* 1 when there is no such file. path is freed. */
static int check_file(char *path, bool in_tree, bool top, bool *lines, struct err *err)
{
	if (!path)
		return 1;
	struct str text = STR_INIT;
	struct stat st;
	int result = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (in_tree ? O_NOFOLLOW : 0));
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		result = 1;
	else if (fd < 0 || fstat(fd, &st))
		result = err_sys(err, errno, "%s", path);
	else if (!S_ISREG(st.st_mode))
		result = err_set(err, "%s is no regular file", path);
	else if (file_read_fd(fd, &text))
		result = err_sys(err, errno, "%s", path);
	else
		result = check_text(str_slice(&text), path, top, lines, err);
	if (fd >= 0)
		close(fd);
	str_release(&text);
	free(path);
	return result;
}

/* The .gitattributes of the directory that the first len bytes of path name. git takes a missing one from the index. */
static int check_directory(struct attributes *attributes, const char *path, size_t len, struct err *err)
{
	char *name = mem_format("%.*s.gitattributes", (int)len, path);
	int result = check_file(path_join(attributes->top, name), true, !len, &attributes->lines, err);
	if (result == 1 && index_file_find(attributes->index, name))
		result = err_set(err, "%s is missing", name);
	free(name);
	return result < 0 ? -1 : 0;
}

static int check_outside(struct attributes *attributes, struct err *err)
{
	const struct settings *settings = attributes->settings;
	bool *lines = &attributes->lines_outside;
	*lines = settings->converts_lines;
	char *user = settings->attributes_file ? mem_strdup(settings->attributes_file) : NULL;
	if (check_file(user, false, true, lines, err) < 0 || check_file(mem_strdup("/etc/gitattributes"), false, true, lines, err) < 0 ||
	    check_file(path_join(attributes->git_dir, "info/attributes"), false, true, lines, err) < 0)
		return -1;
	attributes->looked_outside = true;
	return 0;
}

int attributes_check(struct attributes *attributes, const char *path, bool *lines, struct err *err)
{
	const char *name = strrchr(path, '/');
	struct slice dir = slice_make(path, name ? (size_t)(name + 1 - path) : 0);
	if (!attributes->looked_outside && check_outside(attributes, err))
		return -1;
	if (!attributes->looked || !slice_equal(dir, str_slice(&attributes->dir))) {
		attributes->looked = false;
		attributes->lines = attributes->lines_outside;
		for (const char *slash = path; slash; slash = strchr(slash, '/')) {
			slash += slash != path;
			if (check_directory(attributes, path, (size_t)(slash - path), err))
				return -1;
		}
		str_clear(&attributes->dir);
		str_add_slice(&attributes->dir, dir);
		attributes->looked = true;
	}
	*lines = attributes->lines;
	return 0;
}

void attributes_release(struct attributes *attributes)
{
	str_release(&attributes->dir);
}
