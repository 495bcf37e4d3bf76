/* See readable.h. */
#include "git/readable.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool readable_is(int dir, const char *name, const struct stat *st)
{
	return (st->st_uid == geteuid() && st->st_mode & S_IRUSR) || !faccessat(dir, name, R_OK, 0);
}

int readable_check(int dir, const char *name, bool follow, struct err *err)
{
	struct stat st;
	if (fstatat(dir, name, &st, follow ? 0 : AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT || errno == ENOTDIR ? 0 : err_sys(err, errno, "%s", name);
	if (!S_ISREG(st.st_mode) && !S_ISCHR(st.st_mode)) /* /dev/null is a file without lines */
		return err_set(err, "%s is no file", name);
	return readable_is(dir, name, &st) ? 0 : err_sys(err, EACCES, "%s", name);
}

int readable_check_excludes(int common_dir, const char *excludes_file, struct err *err)
{
	if (readable_check(common_dir, "info/exclude", true, err))
		return -1;
	static char *known; /* to be fine: most repositories have the same */
	if (!excludes_file || (known && !strcmp(known, excludes_file)))
		return 0;
	if (readable_check(AT_FDCWD, excludes_file, true, err))
		return -1;
	free(known);
	known = mem_strdup(excludes_file);
	return 0;
}
