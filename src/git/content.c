/* See content.h. The rules are git's with its default core.checkStat and core.trustctime: seconds, owner, inode and
 * size. */
#include "git/content.h"

#include "base/file.h"
#include "git/sha1.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#define LARGEST ((off_t)256 << 20)

static bool same_seconds(struct index_time time, const struct timespec *spec)
{
	return time.seconds == (uint32_t)spec->tv_sec;
}

static bool same_time(struct index_time time, const struct timespec *spec)
{
	return same_seconds(time, spec) && time.nanoseconds == (uint32_t)spec->tv_nsec;
}

static bool same_stat(const struct index_entry *entry, const struct stat *st)
{
	return same_seconds(entry->modified, &st->st_mtim) && same_seconds(entry->changed, &st->st_ctim) &&
	       entry->inode == (uint32_t)st->st_ino && entry->uid == (uint32_t)st->st_uid &&
	       entry->gid == (uint32_t)st->st_gid && entry->size == (uint32_t)st->st_size;
}

/* A size of 0 is also how git marks an entry whose times prove nothing. */
static bool proves_nothing(const struct index_entry *entry)
{
	static const struct oid empty = {{0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6, 0x43, 0x4b, 0x8b,
					  0x29, 0xae, 0x77, 0x5a, 0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91}};
	return !entry->size && !oid_equal(&entry->id, &empty);
}

static int read_link(const struct content *content, struct str *bytes, struct err *err)
{
	char *room = str_room(bytes, PATH_MAX);
	ssize_t len = readlinkat(content->dir, content->name, room, PATH_MAX);
	if (len < 0 || len == PATH_MAX)
		return err_set(err, "%s cannot be read", content->name);
	str_commit(bytes, (size_t)len);
	return 0;
}

static int read_file(const struct content *content, const char *path, const struct stat *st, struct str *bytes,
		     struct err *err)
{
	bool lines;
	if (attributes_check(content->attributes, path, &lines, err))
		return -1;
	if (st->st_size > LARGEST)
		return err_set(err, "%s is large", path);
	int fd = openat(content->dir, content->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return err_sys(err, errno, "%s", path);
	int failed = file_read_fd(fd, bytes) ? err_sys(err, errno, "%s", path) : 0;
	close(fd);
	if (!failed && lines && bytes->len && memchr(bytes->data, '\r', bytes->len))
		failed = err_set(err, "%s has carriage returns", path);
	return failed;
}

/* Is the file's content the entry's? 1, 0, -1. */
static int same_bytes(struct content *content, const struct index_entry *entry, const struct stat *st,
		      struct err *err)
{
	struct str bytes = STR_INIT;
	struct oid id;
	content->read = true;
	int failed =
	    S_ISLNK(st->st_mode) ? read_link(content, &bytes, err) : read_file(content, entry->path, st, &bytes, err);
	if (!failed)
		sha1_object("blob", str_slice(&bytes), &id);
	str_release(&bytes);
	return failed ? -1 : oid_equal(&id, &entry->id);
}

bool content_is_racy(const struct index_entry *entry, uint32_t index_written)
{
	return index_written && index_written <= entry->modified.seconds;
}

/* The stat data agree. As git is usually built it looks neither at fractions of a second nor, so, at a change within one. */
static enum content_answer check_same(struct content *content, const struct index_entry *entry, const struct stat *st,
				      struct err *err)
{
	bool exact = same_time(entry->modified, &st->st_mtim) && same_time(entry->changed, &st->st_ctim);
	bool racy = content_is_racy(entry, content->index_written);
	if (exact && !racy)
		return CONTENT_SAME;
	int equal = same_bytes(content, entry, st, err);
	if (equal < 0)
		return CONTENT_FAILED;
	if (!equal && !racy)
		return err_set(err, "%s changed within a second", entry->path), CONTENT_FAILED;
	return equal ? CONTENT_SAME : CONTENT_SMUDGE;
}

enum content_answer content_check(struct content *content, const struct index_entry *entry, const struct stat *st,
				  struct err *err)
{
	bool link = entry->mode == MODE_LINK;
	if (link ? !S_ISLNK(st->st_mode) : !S_ISREG(st->st_mode))
		return CONTENT_TYPE;
	bool program = entry->mode == MODE_PROGRAM;
	if (!link && content->settings->file_mode && program != ((st->st_mode & S_IXUSR) != 0))
		return CONTENT_MODIFIED;
	if (same_stat(entry, st) && !proves_nothing(entry))
		return check_same(content, entry, st, err);
	if (entry->size && entry->size != (uint32_t)st->st_size)
		return CONTENT_MODIFIED;
	int equal = same_bytes(content, entry, st, err);
	return equal < 0 ? CONTENT_FAILED : equal ? CONTENT_REFRESH : CONTENT_MODIFIED;
}
