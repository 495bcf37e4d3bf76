/* See alternates.h. */
#include "git/alternates.h"

#include "base/file.h"
#include "base/path.h"
#include "git/commit_graph.h"
#include "git/layout.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char tail[] = "/objects";

/* One line: the absolute path of an object directory in some git directory. */
static int check_line(struct slice line, struct err *err)
{
	bool good = line.len > sizeof tail && *line.ptr == '/' && slice_ends(line, tail) && !slice_has_nul(line);
	char *path = mem_dup(line.ptr, line.len);
	good = good && path_is_dir(path) && !layout_has(path, "info/alternates");
	path[good ? line.len - strlen(tail) : 0] = '\0';
	int failed = good ? commit_graph_check(path, err) : err_set(err, "its alternates are not simple");
	free(path);
	return failed;
}

/* Reads the lines, if there are any. */
static int read_lines(struct str *text, const char *git_dir, int dir, struct err *err)
{
	static const char name[] = "objects/info/alternates";
	struct stat st;
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW))
		return 0;
	char *path = path_join(git_dir, name);
	int failed = S_ISREG(st.st_mode) ? file_read(path, text, err) : err_set(err, "its alternates are no regular file");
	free(path);
	return failed;
}

/* The next line without its end. */
static bool next_line(struct slice *rest, struct slice *line)
{
	if (!rest->len)
		return false;
	const char *end = memchr(rest->ptr, '\n', rest->len);
	size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
	*line = slice_make(rest->ptr, len);
	len += end != NULL;
	*rest = slice_make(rest->ptr + len, rest->len - len);
	return true;
}

int alternates_check(const char *git_dir, int dir, struct err *err)
{
	struct str text = STR_INIT;
	int failed = read_lines(&text, git_dir, dir, err);
	struct slice rest = str_slice(&text), line;
	while (!failed && next_line(&rest, &line))
		failed = check_line(line, err);
	str_release(&text);
	return failed;
}

int alternates_list(struct args *dirs, const char *git_dir, int dir, struct err *err)
{
	struct str text = STR_INIT;
	int failed = read_lines(&text, git_dir, dir, err);
	struct slice rest = str_slice(&text), line;
	while (!failed && next_line(&rest, &line))
		if (line.len > sizeof tail - 1)
			args_take(dirs, mem_dup(line.ptr, line.len - (sizeof tail - 1)));
	str_release(&text);
	return failed;
}
