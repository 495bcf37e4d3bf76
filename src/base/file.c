/* See file.h. */
#include "base/file.h"

#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int file_read_fd_limited(int fd, size_t limit, struct str *out)
{
	size_t before = out->len;
	for (;;) {
		char *room = str_room(out, 65536);
		ssize_t got = read(fd, room, 65536);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		str_commit(out, (size_t)got);
		if (!got)
			return 0;
		if (out->len - before > limit) {
			errno = EFBIG;
			return -1;
		}
	}
}

int file_read_fd(int fd, struct str *out)
{
	return file_read_fd_limited(fd, SIZE_MAX, out);
}

int file_read(const char *path, struct str *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(err, errno, "open %s", path);
	int failed = file_read_fd(fd, out) ? err_sys(err, errno, "read %s", path) : 0;
	close(fd);
	return failed;
}

int file_write_fd(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;
	while (len) {
		ssize_t put = write(fd, at, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		at += put;
		len -= (size_t)put;
	}
	return 0;
}

/* The file that a chain of links ends in, also when that file is not there yet; NULL with errno set for links that end nowhere,
 * so that none of them is replaced by a file. */
static char *resolve_target(const char *path)
{
	char *real = path_real(path);
	int failed = errno;
	struct stat st;
	if (real || lstat(path, &st) || !S_ISLNK(st.st_mode))
		return real ? real : mem_strdup(path);
	errno = failed;
	return NULL;
}

static void sync_directory_of(const char *path)
{
	char *dir = path_parent(path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(dir);
}

static mode_t current_umask(void)
{
	mode_t mask = umask(0);
	umask(mask);
	return mask;
}

/* Mode and owner of the old file, or as open() makes a new one, where mkstemp() has not. */
static int set_mode(int fd, const char *target)
{
	struct stat old;
	bool replaces = stat(target, &old) == 0;
	mode_t mode = replaces ? old.st_mode & 07777 : 0666 & ~current_umask();
	/* Only root can keep a stranger's owner; everybody keeps the mode. */
	if (replaces && (old.st_uid != geteuid() || old.st_gid != getegid()) && fchown(fd, old.st_uid, old.st_gid))
		mode &= 0777;
	return fchmod(fd, mode);
}

/* Writes the new contents to the open file temporary, which then takes the target's place, or is gone. */
static int put_in_place(int fd, const char *temporary, const char *target, struct slice bytes, bool keeps, struct err *err)
{
	int failed = file_write_fd(fd, bytes.ptr, bytes.len) || (keeps && set_mode(fd, target)) || fsync(fd) ? errno : 0;
	if (close(fd) && !failed)
		failed = errno;
	if (!failed && rename(temporary, target))
		failed = errno;
	if (failed) {
		unlink(temporary);
		return err_sys(err, failed, "write %s", target);
	}
	sync_directory_of(target);
	return 0;
}

int file_replace(const char *path, struct slice bytes, struct err *err)
{
	char *target = resolve_target(path);
	if (!target)
		return err_sys(err, errno, "write %s", path);
	char *temporary = mem_format("%s.XXXXXX", target);
	int fd = mkstemp(temporary);
	int failed = fd < 0 ? err_sys(err, errno, "write %s", target) : put_in_place(fd, temporary, target, bytes, true, err);
	free(temporary);
	free(target);
	return failed;
}

int file_renew(const char *path, struct slice bytes, struct err *err)
{
	char *temporary = mem_format("%s.%ld", path, (long)getpid());
	int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	int failed = fd < 0 ? err_sys(err, errno, "write %s", path) : put_in_place(fd, temporary, path, bytes, false, err);
	free(temporary);
	return failed;
}

struct file_lock {
	char *path;
	int fd;
};

/* Waits for the lock on an open lock file. 0, or -1 with errno set. */
static int wait_for_lock(int fd)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int failed;
	do {
		failed = fcntl(fd, F_SETLKW, &whole);
	} while (failed && errno == EINTR);
	return failed;
}

/* Does the name still mean the file that was locked? Its last holder may have removed it while we waited. */
static bool lock_is_current(int fd, const char *path)
{
	struct stat opened, named;
	return fstat(fd, &opened) == 0 && stat(path, &named) == 0 && opened.st_dev == named.st_dev &&
	       opened.st_ino == named.st_ino;
}

int file_lock(struct file_lock **out, const char *path, struct err *err)
{
	char *target = resolve_target(path);
	if (!target)
		return err_sys(err, errno, "lock %s", path);
	char *name = mem_format("%s.lock", target);
	free(target);
	for (;;) {
		int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (fd < 0 || wait_for_lock(fd)) {
			err_sys(err, errno, "lock %s", name);
			if (fd >= 0)
				close(fd);
			free(name);
			return -1;
		}
		if (lock_is_current(fd, name)) {
			*out = mem_calloc(1, sizeof **out);
			**out = (struct file_lock){name, fd};
			return 0;
		}
		close(fd);
	}
}

void file_unlock(struct file_lock *lock)
{
	if (!lock)
		return;
	unlink(lock->path);
	close(lock->fd);
	free(lock->path);
	free(lock);
}
