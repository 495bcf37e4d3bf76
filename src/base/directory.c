/* See directory.h. On Linux the system call itself is used: fdopendir() costs two further ones and 32 KiB of memory. */
#ifdef __linux__
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#else
#define _DARWIN_C_SOURCE
#define __BSD_VISIBLE 1
#endif

#include "base/directory.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

static bool is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static enum directory_kind kind_of(unsigned char type)
{
	switch (type) {
	case DT_REG:
		return KIND_FILE;
	case DT_LNK:
		return KIND_LINK;
	case DT_DIR:
		return KIND_DIRECTORY;
	case DT_UNKNOWN:
		return KIND_UNKNOWN;
	default:
		return KIND_OTHER;
	}
}

#ifdef __linux__

/* As the kernel lays it out. */
struct kernel_entry {
	uint64_t inode;
	int64_t offset;
	unsigned short size;
	unsigned char type;
	char name[];
};

int directory_read(int fd, directory_visit *visit, void *cookie)
{
	union {
		char bytes[16384];
		uint64_t aligned;
	} buffer;
	for (;;) {
		long got = syscall(SYS_getdents64, fd, buffer.bytes, sizeof buffer.bytes);
		if (got <= 0)
			return got < 0 ? -1 : 0;
		for (long at = 0; at < got;) {
			const struct kernel_entry *entry = (const void *)(buffer.bytes + at);
			at += entry->size;
			int result = is_dots(entry->name) ? 0 : visit(cookie, entry->name, kind_of(entry->type));
			if (result)
				return result;
		}
	}
}

#else

int directory_read(int fd, directory_visit *visit, void *cookie)
{
	int copy = dup(fd), result = 0;
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	if (!dir) {
		int saved = errno;
		if (copy >= 0)
			close(copy);
		errno = saved;
		return -1;
	}
	for (struct dirent *entry; !result && (errno = 0, entry = readdir(dir)) != NULL;)
		result = is_dots(entry->d_name) ? 0 : visit(cookie, entry->d_name, kind_of(entry->d_type));
	int saved = errno;
	closedir(dir);
	errno = saved;
	return !result && saved ? -1 : result;
}

#endif
