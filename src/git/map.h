/* Files of git, which are replaced and never changed, as memory. */
#ifndef MR_GIT_MAP_H
#define MR_GIT_MAP_H

#include "base/err.h"

#include <stddef.h>
#include <sys/stat.h>

struct map {
	const unsigned char *bytes; /* not NULL once open, also when len is 0 */
	size_t len;
	struct stat st; /* after map_open_stat() and map_descriptor() */
	bool missing;
	void *mapped; /* private, as held: small files are read, the others mapped */
	void *held;
};

/* Opens a regular file of the open directory dir; links are not followed. -1 with a message, and with map->missing set when there is
 * no such file. The caller closes a zeroed map either way. */
int map_open(struct map *map, int dir, const char *name, struct err *err);

/* The same, with what is known of the file in map->st. */
int map_open_stat(struct map *map, int dir, const char *name, struct err *err);

/* The same for an open descriptor, which stays open; name is for the message. */
int map_descriptor(struct map *map, int fd, const char *name, struct err *err);
void map_close(struct map *map);

#endif
