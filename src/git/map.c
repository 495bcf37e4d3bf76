/* See map.h. Should a file be cut short all the same while it is mapped, the worker process that looks at it dies, and git is asked. */
#include "git/map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Below that copying costs less than page faults. */
enum { PAGE = 4096, SMALL = 32 << 10 };

/* Reads a small file whole; it may have been cut short in between. */
static int read_small(struct map *map, int fd)
{
	char *bytes = mem_calloc(map->len + 1, 1);
	size_t len = 0;
	map->held = bytes;
	map->bytes = map->held;
	while (len < map->len) {
		ssize_t got = read(fd, bytes + len, map->len - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (!got)
			break;
		len += (size_t)got;
	}
	map->len = len;
	return 0;
}

static int map_fd(struct map *map, int fd)
{
	if (fstat(fd, &map->st))
		return -1;
	if (!S_ISREG(map->st.st_mode))
		return 0;
	map->len = (size_t)map->st.st_size;
	if (map->len <= SMALL)
		return read_small(map, fd);
	void *bytes = mmap(NULL, map->len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return -1;
	map->mapped = bytes;
	map->bytes = bytes;
	return 0;
}

int map_descriptor(struct map *map, int fd, const char *name, struct err *err)
{
	if (map_fd(map, fd))
		return err_sys(err, errno, "%s", name);
	return S_ISREG(map->st.st_mode) ? 0 : err_set(err, "%s is no regular file", name);
}

/* Most files are small and end with the first read: what they are need not be asked. Nothing else than a regular file
 * gives some bytes at a place and then fewer than asked for. */
static bool read_at_once(struct map *map, int fd)
{
	char bytes[PAGE];
	ssize_t got = pread(fd, bytes, sizeof bytes, 0);
	if (got <= 0 || got == sizeof bytes)
		return false;
	map->held = mem_dup(bytes, (size_t)got);
	map->bytes = map->held;
	map->len = (size_t)got;
	return true;
}

static int open_it(struct map *map, int dir, const char *name, bool wants_stat, struct err *err)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	map->missing = fd < 0 && errno == ENOENT;
	if (fd < 0)
		return err_sys(err, errno, "%s", name);
	int failed = !wants_stat && read_at_once(map, fd) ? 0 : map_descriptor(map, fd, name, err);
	close(fd);
	return failed;
}

int map_open(struct map *map, int dir, const char *name, struct err *err)
{
	return open_it(map, dir, name, false, err);
}

int map_open_stat(struct map *map, int dir, const char *name, struct err *err)
{
	return open_it(map, dir, name, true, err);
}

void map_close(struct map *map)
{
	if (map->mapped)
		munmap(map->mapped, map->len);
	free(map->held);
	*map = (struct map){0};
}
