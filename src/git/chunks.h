/* The chunks of a file of git's, such as a multi-pack-index: behind a header the table of what lies where, at the end a checksum. */
#ifndef MR_GIT_CHUNKS_H
#define MR_GIT_CHUNKS_H

#include "base/str.h"
#include "git/map.h"

struct chunks {
	const struct map *map;
	size_t header;
	size_t count;
};

/* Is the table that follows a header of that length in order? It is when each of count chunks is named once, is one of the known (names of
 * four letters, ended by NULL), and they lie one behind the other, each at a multiple of align. chunks points into map. */
bool chunks_open(struct chunks *chunks, const struct map *map, size_t header, size_t count, const char *const *known, size_t align);

/* The chunk of that name; {NULL, 0} when there is none. */
struct slice chunks_find(const struct chunks *chunks, const char *name);

#endif
