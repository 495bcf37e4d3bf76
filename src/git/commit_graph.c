/* See commit_graph.h. The format is that of gitformat-commit-graph(5). */
#include "git/commit_graph.h"

#include "base/file.h"
#include "base/path.h"
#include "git/map.h"
#include "git/oid.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	HEADER = 8,
	CHUNK = 12,
	FANOUT = 1024,
	LEAST = HEADER + 4 * CHUNK + FANOUT + OID_BYTES,
	COMMIT_DATA = OID_BYTES + 16
};

/* The tables that there must be. */
struct tables {
	const unsigned char *fanout;
	size_t names_len;
	size_t data_len;
};

static uint64_t get(const unsigned char *at, int bytes)
{
	uint64_t value = 0;
	while (bytes--)
		value = value << 8 | *at++;
	return value;
}

static bool read_chunks(const struct map *map, struct tables *tables)
{
	const unsigned char *entry = map->bytes + HEADER;
	size_t count = map->bytes[6], end = map->len - OID_BYTES;
	if (HEADER + (count + 1) * CHUNK > end || get(entry + count * CHUNK, 4))
		return false;
	for (; count; count--, entry += CHUNK) {
		uint64_t from = get(entry + 4, 8), to = get(entry + CHUNK + 4, 8);
		if (to < from || to > end || !get(entry, 4))
			return false;
		for (size_t i = 1; i < count; i++)
			if (!memcmp(entry, entry + i * CHUNK, 4))
				return false;
		if (!memcmp(entry, "OIDF", 4) && to - from == FANOUT)
			tables->fanout = map->bytes + from;
		else if (!memcmp(entry, "OIDL", 4))
			tables->names_len = (size_t)(to - from);
		else if (!memcmp(entry, "CDAT", 4))
			tables->data_len = (size_t)(to - from);
	}
	return true;
}

static bool is_sound(const struct map *map, size_t bases)
{
	struct tables tables = {0};
	if (map->len < LEAST || memcmp(map->bytes, "CGPH\1\1", 6) != 0 || map->bytes[7] != bases ||
	    !read_chunks(map, &tables) || !tables.fanout)
		return false;
	for (int i = 1; i < 256; i++)
		if (get(tables.fanout + 4 * (i - 1), 4) > get(tables.fanout + 4 * i, 4))
			return false;
	uint64_t commits = get(tables.fanout + FANOUT - 4, 4);
	return tables.names_len == commits * OID_BYTES && tables.data_len == commits * COMMIT_DATA;
}

/* 1 when there is no such file. */
static int check_file(const char *info, const char *name, size_t bases, struct err *err)
{
	char *path = path_join(info, name);
	struct map map = {0};
	int failed = map_open(&map, AT_FDCWD, path, err);
	if (!failed && !is_sound(&map, bases))
		failed = err_set(err, "%s is odd", name);
	bool missing = map.missing;
	map_close(&map);
	free(path);
	return missing ? 1 : failed;
}

/* The list of files that build upon each other, the first one lowest. */
static int check_chain(const char *info, struct err *err)
{
	static const char chain[] = "commit-graphs/commit-graph-chain";
	char *path = path_join(info, chain);
	struct str text = STR_INIT;
	struct stat st;
	struct oid id;
	size_t bases = 0, used = 0;
	bool good = true;
	if (!lstat(path, &st)) {
		good = S_ISREG(st.st_mode) && !file_read(path, &text, err);
		for (; good && used < text.len; used += OID_HEX + 1) {
			good = text.len - used > OID_HEX && oid_parse(&id, text.data + used) &&
			       text.data[used + OID_HEX] == '\n';
			char *name =
			    mem_format("commit-graphs/graph-%.*s.graph", OID_HEX, good ? text.data + used : "");
			good = good && !check_file(info, name, bases++, err);
			free(name);
		}
	}
	str_release(&text);
	free(path);
	return good ? 0 : err_is_set(err) ? -1 : err_set(err, "%s is odd", chain);
}

int commit_graph_check(const char *git_dir, struct err *err)
{
	char *info = path_join(git_dir, "objects/info");
	int failed = check_file(info, "commit-graph", 0, err);
	if (failed > 0) { /* only then git looks for the others */
		err_release(err);
		failed = check_chain(info, err);
	}
	free(info);
	return failed;
}
