/* Writing an index anew with other stat data: the bytes that were read, but for these data and the checksum, so that nothing is lost
 * that we do not know. */
#include "git/index_file.h"
#include "git/sha1.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Places of an entry's stat data, behind its start. */
enum { AT_TIMES = 0, AT_DEVICE = 16, AT_INODE = 20, AT_UID = 28, AT_GID = 32, AT_SIZE = 36 };

static void put32(unsigned char *at, uint64_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void patch_entry(unsigned char *at, const struct index_patch *patch)
{
	const struct stat *st = &patch->st;
	if (patch->smudge) {
		put32(at + AT_SIZE, 0);
		return;
	}
	put32(at + AT_TIMES, (uint64_t)st->st_ctim.tv_sec);
	put32(at + AT_TIMES + 4, (uint64_t)st->st_ctim.tv_nsec);
	put32(at + AT_TIMES + 8, (uint64_t)st->st_mtim.tv_sec);
	put32(at + AT_TIMES + 12, (uint64_t)st->st_mtim.tv_nsec);
	put32(at + AT_DEVICE, st->st_dev);
	put32(at + AT_INODE, st->st_ino);
	put32(at + AT_UID, st->st_uid);
	put32(at + AT_GID, st->st_gid);
	put32(at + AT_SIZE, (uint64_t)st->st_size);
}

/* The whole file as it is to be. For free(). */
static unsigned char *make_bytes(const struct index_file *file, const struct index_patch *patches, size_t count)
{
	size_t len = file->map.len - OID_BYTES;
	unsigned char *bytes = mem_calloc(file->map.len, 1);
	struct sha1 sha1;
	struct oid sum;
	memcpy(bytes, file->map.bytes, len);
	if (bytes[7] == 3 && !file->has_intended)
		bytes[7] = 2; /* as git does: only flags make version 3 necessary */
	for (size_t i = 0; i < count; i++)
		patch_entry(bytes + file->entries[patches[i].entry].at, &patches[i]);
	sha1_begin(&sha1);
	sha1_add(&sha1, bytes, len);
	sha1_end(&sha1, &sum);
	memcpy(bytes + len, sum.bytes, OID_BYTES);
	return bytes;
}

/* Is the file still the one that was read? */
static bool is_current(const struct index_file *file, const char *path)
{
	struct stat now;
	const struct stat *then = &file->map.st;
	return !lstat(path, &now) && now.st_ino == then->st_ino && now.st_dev == then->st_dev && now.st_size == then->st_size &&
	       now.st_mtim.tv_sec == then->st_mtim.tv_sec && now.st_mtim.tv_nsec == then->st_mtim.tv_nsec;
}

bool index_file_is_writable(const struct index_file *file)
{
	static const struct oid none;
	return file->is_writable && memcmp(file->map.bytes + file->map.len - OID_BYTES, none.bytes, OID_BYTES) != 0;
}

/* Closes fd. A file that becomes too large for the user's limit is a failure, as a full disk is. */
static int write_bytes(int fd, const unsigned char *bytes, size_t len, const char *name, struct err *err)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	sigaction(SIGXFSZ, &ignore, &before);
	int failed = file_write_fd(fd, bytes, len) ? err_sys(err, errno, "%s", name) : 0;
	sigaction(SIGXFSZ, &before, NULL);
	if (close(fd) && !failed)
		failed = err_sys(err, errno, "%s", name);
	return failed;
}

int index_file_write(const struct index_file *file, const char *path, const struct index_patch *patches, size_t count, struct err *err)
{
	char *lock = mem_format("%s.lock", path);
	int fd = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666), failed = 0;
	unsigned char *bytes = fd >= 0 && is_current(file, path) ? make_bytes(file, patches, count) : NULL;
	if (bytes)
		failed = write_bytes(fd, bytes, file->map.len, lock, err);
	else if (fd >= 0)
		close(fd);
	if (fd >= 0 && (!bytes || failed || rename(lock, path)))
		unlink(lock);
	free(bytes);
	free(lock);
	return failed;
}
