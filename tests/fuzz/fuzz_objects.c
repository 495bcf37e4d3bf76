/* The readers of commit-graphs and packs on any bytes. The input is cut at lines "--": a commit-graph, the list of a chain of them and two
 * layers, which are named as the first lines of the list say; the index of a pack, the pack, a multi-pack-index (of pack-1.idx); bytes, and
 * changes to them. An empty part is no file. Commits have parents that the graph knows and agree with their text; what is read from the
 * pack has the right name, and all answers about one object go together. */
#include "git/chunks.h"
#include "git/commit_graph.h"
#include "git/delta.h"
#include "git/odb.h"
#include "git/sha1.h"
#include "git/table.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char top[] = "/tmp/fuzz-objects.XXXXXX";

enum { GRAPH, CHAIN, LAYER, LAYERS = 2, IDX = LAYER + LAYERS, PACK, MIDX, BASE, CHANGES, PARTS };

/* Of the directory of objects; the layers' change. */
static char *paths[BASE];

enum { GRAPH_HEADER = 8, IDX_NAMES = 8 + TABLE_FANOUT };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void remove_all(void)
{
	static const char *const directories[] = {"/info/commit-graphs", "/info", "/pack", ""};
	for (size_t i = 0; i < BASE; i++) {
		if (paths[i])
			unlink(paths[i]);
		free(paths[i]);
	}
	for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
		char *path = mem_format("%s%s", top, directories[i]);
		rmdir(path);
		free(path);
	}
}

static void make_directories(void)
{
	static const char *const directories[] = {"info", "info/commit-graphs", "pack"};
	if (!mkdtemp(top))
		abort();
	atexit(remove_all);
	for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
		char *path = mem_format("%s/%s", top, directories[i]);
		if (mkdir(path, 0700))
			abort();
		free(path);
	}
	paths[GRAPH] = mem_format("%s/info/commit-graph", top);
	paths[CHAIN] = mem_format("%s/info/commit-graphs/commit-graph-chain", top);
	paths[IDX] = mem_format("%s/pack/pack-1.idx", top);
	paths[PACK] = mem_format("%s/pack/pack-1.pack", top);
	paths[MIDX] = mem_format("%s/pack/multi-pack-index", top);
}

static void cut(struct slice rest, struct slice parts[PARTS])
{
	static const char line[] = "\n--\n";
	const size_t len = sizeof line - 1;
	for (size_t i = 0; i < PARTS; i++) {
		size_t at = 0;
		while (at < rest.len && (rest.len - at < len || memcmp(rest.ptr + at, line, len) != 0))
			at++;
		parts[i] = slice_make(rest.ptr, at);
		at = rest.len - at < len ? rest.len : at + len;
		rest = slice_make(rest.ptr + at, rest.len - at);
	}
}

/* The layers go by the names in the list; NULL: it has none. */
static void name_layers(struct slice chain)
{
	struct oid id;
	for (size_t i = 0; i < LAYERS; i++) {
		char **path = &paths[LAYER + i];
		const char *hex = chain.len < (i + 1) * (OID_HEX + 1) ? "" : chain.ptr + i * (OID_HEX + 1);
		if (*path)
			unlink(*path);
		free(*path);
		*path = oid_parse(&id, hex) ? mem_format("%s/info/commit-graphs/graph-%.*s.graph", top, OID_HEX, hex) : NULL;
	}
}

static void write_part(const char *path, struct slice part)
{
	if (!part.len) {
		unlink(path);
		return;
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || file_write_fd(fd, part.ptr, part.len) || close(fd))
		abort();
}

/* Are all names of a graph, which could be opened, found where they stand? Nobody makes sure of that. */
static bool is_in_order(struct slice part)
{
	const struct map map = {.bytes = (const unsigned char *)part.ptr, .len = part.len};
	const struct chunks chunks = {&map, GRAPH_HEADER, map.bytes[6]};
	const struct table table = {(const unsigned char *)chunks_find(&chunks, "OIDF").ptr,
				    (const unsigned char *)chunks_find(&chunks, "OIDL").ptr};
	struct oid id;
	uint32_t found;
	for (uint32_t i = 0; i < table_count(&table); i++) {
		table_name(&table, i, &id);
		if (!table_find(&table, &id, &found) || found != i)
			return false;
	}
	return true;
}

static char *make_text(const struct commit_facts *facts, uint64_t date)
{
	struct str text = STR_INIT;
	char hex[OID_HEX + 1];
	oid_format(&facts->tree, hex);
	str_addf(&text, "tree %s\n", hex);
	for (size_t i = 0; i < facts->parent_count; i++) {
		oid_format(&facts->parents[i], hex);
		str_addf(&text, "parent %s\n", hex);
	}
	str_addf(&text, "author A <a> 1 +0000\ncommitter A <a> %llu +0000\n\nx\n", (unsigned long long)date);
	return str_detach(&text);
}

static void check_facts(const struct commit_graph *graph, const struct oid *id, const struct commit_facts *facts, bool in_order)
{
	struct commit_facts other;
	struct err err = ERR_INIT;
	char *text = make_text(facts, facts->date), *odd = make_text(facts, facts->date + 1);
	if (!facts->date || !commit_graph_agrees(graph, id, text) || commit_graph_agrees(graph, id, odd))
		abort();
	for (size_t i = 0; i < facts->parent_count; i++) {
		if (commit_graph_facts(graph, &facts->parents[i], &other, &err) > 0 && in_order)
			abort();
		free(other.parents);
		err_release(&err);
	}
	free(text);
	free(odd);
}

/* Whatever could be a name is asked for: all of them stand at multiples of four, if the chunks do. */
static void check_graph(const struct commit_graph *graph, struct slice part, bool in_order)
{
	struct commit_facts facts;
	struct err err = ERR_INIT;
	struct oid id;
	for (size_t at = 0; at + OID_BYTES <= part.len; at += 4) {
		memcpy(id.bytes, part.ptr + at, OID_BYTES);
		int unknown = commit_graph_facts(graph, &id, &facts, &err);
		if ((unknown < 0) != err_is_set(&err) || (unknown && facts.parents))
			abort();
		if (!unknown)
			check_facts(graph, &id, &facts, in_order);
		else if (commit_graph_agrees(graph, &id, "") != (unknown > 0))
			abort();
		free(facts.parents);
		err_release(&err);
	}
}

static struct commit_graph *check_graphs(int dir, const struct slice parts[PARTS])
{
	const size_t first = parts[GRAPH].len ? GRAPH : LAYER, end = parts[GRAPH].len ? CHAIN : LAYER + LAYERS;
	struct commit_graph *graph;
	struct err err = ERR_INIT;
	bool in_order = true;
	int failed = commit_graph_open(&graph, dir, ".", &err);
	if (!failed != !err_is_set(&err) || (failed && graph) || (!failed && !graph && (parts[GRAPH].len || parts[CHAIN].len)))
		abort();
	for (size_t i = first; graph && i < end; i++)
		in_order &= !paths[i] || is_in_order(parts[i]);
	for (size_t i = first; graph && i < end; i++)
		check_graph(graph, parts[i], in_order);
	err_release(&err);
	return graph;
}

/* What is read has the name, and again the same bytes; without that nothing is added. */
static enum odb_answer check_read(struct odb *odb, const struct oid *id, enum object_type *type, struct str *out)
{
	static const char *const types[] = {"", "commit", "tree", "blob", "tag"};
	struct str again = STR_INIT;
	struct err err = ERR_INIT;
	struct oid real;
	str_adds(out, "x");
	enum odb_answer read = odb_read(odb, id, type, out, &err);
	if ((read == ODB_FAILED) != err_is_set(&err) || (read != ODB_FOUND && out->len != 1))
		abort();
	err_release(&err);
	str_consume(out, 1);
	if (read == ODB_FOUND) {
		sha1_object(types[*type], str_slice(out), &real);
		if (!oid_equal(&real, id) || odb_read(odb, id, type, &again, &err) || !slice_equal(str_slice(out), str_slice(&again)))
			abort();
	}
	str_release(&again);
	return read;
}

static void check_object(struct odb *odb, const struct oid *id, const struct commit_graph *graph)
{
	struct err err = ERR_INIT;
	struct str text = STR_INIT;
	enum object_type type;
	size_t digits = 0;
	enum odb_answer found = odb_find(odb, id, &err);
	if ((found == ODB_FAILED) != err_is_set(&err))
		abort();
	err_release(&err);
	enum odb_answer commit = odb_find_commit(odb, id, &err);
	if ((commit == ODB_FAILED) != err_is_set(&err) || (commit == ODB_FAILED) != (found == ODB_FAILED))
		abort();
	err_release(&err);
	enum odb_answer read = check_read(odb, id, &type, &text);
	if (found != ODB_FOUND && (commit == ODB_FOUND || read == ODB_FOUND))
		abort();
	if (read == ODB_FOUND && (type == OBJECT_COMMIT) != (commit == ODB_FOUND))
		abort();
	if (read == ODB_FOUND)
		commit_graph_agrees(graph, id, str_cstr(&text));
	enum odb_answer abbreviated = odb_abbreviate(odb, id, &digits, &err);
	if ((abbreviated == ODB_FAILED) != err_is_set(&err) || (abbreviated == ODB_FOUND && (digits < 7 || digits > OID_HEX)))
		abort();
	err_release(&err);
	str_release(&text);
}

/* One that is hardly there, and all that the index names. */
static void check_pack(int dir, const struct slice parts[PARTS], const struct commit_graph *graph)
{
	struct odb *odb = odb_open(dir, ".");
	struct oid id = {{0}};
	check_object(odb, &id, graph);
	for (size_t at = IDX_NAMES; at + OID_BYTES <= parts[IDX].len; at += OID_BYTES) {
		memcpy(id.bytes, parts[IDX].ptr + at, OID_BYTES);
		check_object(odb, &id, graph);
	}
	odb_close(odb);
}

static void check_delta(struct slice base, struct slice changes)
{
	enum { LIMIT = 1000 };
	struct str out = STR_INIT;
	str_adds(&out, "x");
	int result = delta_apply(base, changes, LIMIT, &out);
	if (result < -1 || result > 1 || out.data[0] != 'x' || (!result && out.len - 1 > LIMIT))
		abort();
	str_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice parts[PARTS];
	if (!paths[GRAPH])
		make_directories();
	cut(slice_make((const char *)data, size), parts);
	name_layers(parts[CHAIN]);
	for (size_t i = 0; i < BASE; i++)
		if (paths[i])
			write_part(paths[i], parts[i]);
	int dir = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct commit_graph *graph = check_graphs(dir, parts);
	check_pack(dir, parts, graph);
	commit_graph_close(graph);
	close(dir);
	check_delta(parts[BASE], parts[CHANGES]);
	return 0;
}
