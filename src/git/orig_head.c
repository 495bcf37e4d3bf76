/* See orig_head.h. */
#include "git/orig_head.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Does the one that is there say the same? 1, 0, -1 with a message. */
static int says(const char *path, const struct oid *id, struct err *err)
{
	struct stat st;
	struct str text = STR_INIT;
	struct oid old;
	if (lstat(path, &st))
		return 0;
	int failed = S_ISREG(st.st_mode) ? file_read(path, &text, err) : err_set(err, "ORIG_HEAD is no regular file");
	if (!failed && (text.len < OID_HEX || !oid_parse(&old, text.data) || oid_is_zero(&old) ||
			(text.len > OID_HEX && !byte_is_blank(text.data[OID_HEX]))))
		failed = err_set(err, "ORIG_HEAD is no plain reference");
	str_release(&text);
	return failed ? -1 : oid_equal(&old, id);
}

int orig_head_write(const char *git_dir, const struct oid *id, struct err *err)
{
	char *path = path_join(git_dir, "ORIG_HEAD");
	int same = says(path, id, err), failed = same < 0;
	if (same > 0 && access(git_dir, W_OK)) { /* git locks it all the same */
		failed = err_sys(err, errno, "%s", git_dir);
	} else if (!same) {
		char line[OID_HEX + 2];
		oid_format(id, line);
		line[OID_HEX] = '\n';
		failed = file_renew(path, slice_make(line, OID_HEX + 1), err);
	}
	free(path);
	return failed ? -1 : 0;
}
