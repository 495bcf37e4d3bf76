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

/* One line: the absolute path of an object directory in some git directory. */
static int check_line(struct slice line, struct err *err)
{
	static const char tail[] = "/objects";
	bool good = line.len > sizeof tail && *line.ptr == '/' && slice_ends(line, tail) && !slice_has_nul(line);
	char *path = mem_dup(line.ptr, line.len);
	good = good && path_is_dir(path) && !layout_has(path, "info/alternates");
	path[good ? line.len - strlen(tail) : 0] = '\0';
	int failed = good ? commit_graph_check(path, err) : err_set(err, "its alternates are not simple");
	free(path);
	return failed;
}

int alternates_check(const char *git_dir, int dir, struct err *err)
{
	static const char name[] = "objects/info/alternates";
	struct str text = STR_INIT;
	struct stat st;
	int failed = 0;
	if (!fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW)) {
		char *path = path_join(git_dir, name);
		failed = S_ISREG(st.st_mode) ? file_read(path, &text, err) : err_set(err, "its alternates are no regular file");
		struct slice rest = str_slice(&text);
		while (!failed && rest.len) {
			const char *end = memchr(rest.ptr, '\n', rest.len);
			size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
			failed = check_line(slice_make(rest.ptr, len), err);
			len += end != NULL;
			rest = slice_make(rest.ptr + len, rest.len - len);
		}
		free(path);
	}
	str_release(&text);
	return failed;
}
