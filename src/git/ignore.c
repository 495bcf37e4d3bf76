/* See ignore.h. Patterns that git itself treats in surprising ways (an escaped slash) are refused, not guessed at. */
#include "git/ignore.h"

#include "base/file.h"
#include "git/wildmatch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct pattern {
	char *text;	/* in the list's bytes; without '!', a leading and a trailing '/' */
	size_t literal; /* how many of its bytes stand before the first special one */
	bool negative;
	bool only_dirs;
	bool anchored; /* matched against the path from the list's directory on, not against the last component */
};

struct pattern_list {
	struct str bytes;
	char *prefix;
	struct pattern *patterns;
	size_t count;
	size_t cap;
};

struct ignores {
	struct pattern_list *lists;
	size_t count;
	size_t cap;
};

struct ignores *ignores_new(void)
{
	return mem_calloc(1, sizeof(struct ignores));
}

static void list_release(struct pattern_list *list)
{
	str_release(&list->bytes);
	free(list->prefix);
	free(list->patterns);
}

void ignores_free(struct ignores *ignores)
{
	if (!ignores)
		return;
	while (ignores->count)
		ignores_pop(ignores);
	free(ignores->lists);
	free(ignores);
}

void ignores_pop(struct ignores *ignores)
{
	list_release(&ignores->lists[--ignores->count]);
}

/* Takes the blanks off the end of a line, but for one that a backslash protects. */
static void trim_blanks(char *line)
{
	char *blanks = NULL;
	for (char *p = line; *p; p++) {
		if (*p == ' ') {
			blanks = blanks ? blanks : p;
			continue;
		}
		blanks = NULL;
		if (*p == '\\' && !*++p)
			return;
	}
	if (blanks)
		*blanks = '\0';
}

static int add_pattern(struct pattern_list *list, char *line, const char *file, struct err *err)
{
	struct pattern pattern = {line, 0, false, false, false};
	if (strstr(line, "\\/"))
		return err_set(err, "%s has an escaped slash", file);
	if (*pattern.text == '!') {
		pattern.negative = true;
		pattern.text++;
	}
	size_t len = strlen(pattern.text);
	if (len && pattern.text[len - 1] == '/') {
		pattern.only_dirs = true;
		pattern.text[--len] = '\0';
	}
	pattern.anchored = strchr(pattern.text, '/') != NULL;
	if (*pattern.text == '/') {
		pattern.text++;
		len--;
	}
	pattern.literal = strcspn(pattern.text, "*?[\\");
	MEM_RESERVE(list->patterns, list->cap, list->count + 1);
	list->patterns[list->count++] = pattern;
	return 0;
}

static int parse_patterns(struct pattern_list *list, const char *file, struct err *err)
{
	if (slice_has_nul(str_slice(&list->bytes)))
		return err_set(err, "%s has a NUL byte", file);
	char *line = list->bytes.data;
	if (!strncmp(line, "\xef\xbb\xbf", 3))
		line += 3;
	while (*line) {
		char *end = line + strcspn(line, "\n");
		char *next = *end ? end + 1 : end;
		bool used = end > line && *line != '#';
		if (end > line && end[-1] == '\r')
			end--;
		*end = '\0';
		trim_blanks(line);
		if (used && add_pattern(list, line, file, err))
			return -1;
		line = next;
	}
	return 0;
}

/* Reads a file whole; 1 when there is none. */
static int read_list(int dir, const char *name, bool in_tree, struct str *bytes, struct err *err)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (in_tree ? O_NOFOLLOW : 0));
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 1;
	struct stat st;
	int failed = 0;
	if (fd < 0 || fstat(fd, &st))
		failed = err_sys(err, errno, "%s", name);
	else if (!S_ISREG(st.st_mode))
		failed = err_set(err, "%s is no regular file", name);
	else if (file_read_fd(fd, bytes))
		failed = err_sys(err, errno, "%s", name);
	if (fd >= 0)
		close(fd);
	return failed;
}

int ignores_push(struct ignores *ignores, int dir, const char *name, const char *prefix, bool in_tree, struct err *err)
{
	struct pattern_list list = {STR_INIT, NULL, NULL, 0, 0};
	int got = name ? read_list(dir, name, in_tree, &list.bytes, err) : 1;
	if (got < 0 || (!got && list.bytes.len && parse_patterns(&list, name, err))) {
		list_release(&list);
		return -1;
	}
	list.prefix = mem_strdup(prefix);
	MEM_RESERVE(ignores->lists, ignores->cap, ignores->count + 1);
	ignores->lists[ignores->count++] = list;
	return 0;
}

/* The literal head is compared first and the rest matched on its own, so that stars right behind it count as leading
 * ones. */
static bool pattern_matches(const struct pattern *pattern, const char *text)
{
	if (strncmp(pattern->text, text, pattern->literal) != 0)
		return false;
	return wildmatch(pattern->text + pattern->literal, text + pattern->literal, pattern->anchored);
}

/* 1 ignored, 0 called back by a '!', -1 no pattern speaks of it. */
static int list_match(const struct pattern_list *list, const char *path, size_t base, bool is_dir)
{
	size_t prefix_len = strlen(list->prefix);
	for (size_t i = list->count; i-- > 0;) {
		const struct pattern *pattern = &list->patterns[i];
		if (pattern->only_dirs && !is_dir)
			continue;
		const char *text = pattern->anchored ? path + prefix_len : path + base;
		if (pattern_matches(pattern, text))
			return !pattern->negative;
	}
	return -1;
}

bool ignores_match(const struct ignores *ignores, const char *path, size_t base, bool is_dir)
{
	for (size_t i = ignores->count; i-- > 0;) {
		int found = list_match(&ignores->lists[i], path, base, is_dir);
		if (found >= 0)
			return found == 1;
	}
	return false;
}
