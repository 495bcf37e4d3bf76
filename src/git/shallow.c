/* See shallow.h. */
#include "git/shallow.h"

#include "base/path.h"
#include "git/map.h"

#include <fcntl.h>
#include <stdlib.h>

int shallow_read(struct history_tips *cut, const char *common_dir, struct err *err)
{
	char *path = path_join(common_dir, "shallow");
	struct map map = {0};
	struct oid id;
	int failed = map_open(&map, AT_FDCWD, path, err);
	cut->list = mem_calloc(map.len / (OID_HEX + 1) + 1, sizeof id);
	for (size_t at = 0; !failed && at < map.len; at += OID_HEX + 1) {
		if (map.len - at < OID_HEX + 1 || !oid_parse(&id, (const char *)map.bytes + at) || map.bytes[at + OID_HEX] != '\n')
			failed = err_set(err, "its git directory has an odd file shallow");
		else
			cut->list[cut->count++] = id;
	}
	map_close(&map);
	free(path);
	return failed;
}
