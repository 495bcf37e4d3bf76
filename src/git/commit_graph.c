/* See commit_graph.h. The format is that of gitformat-commit-graph(5). */
#include "git/commit_graph.h"

#include "base/path.h"
#include "git/chunks.h"
#include "git/map.h"
#include "git/table.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEADER = 8,
	COMMIT_DATA = OID_BYTES + 16, /* tree, two parents, date and generation */
	BLOOM_HEADER = 12,
	NO_PARENT = 0x70000000,
};
#define LAST_OR_LIST 0x80000000u /* of a parent's number: more are in a list; in that: it is the last one */

/* A file; its commits are numbered from below on. */
struct layer {
	struct map map;
	struct table table;
	uint64_t below;
	const unsigned char *data;
	struct slice edges;
	struct slice generations;
	struct slice bloom;
};

struct commit_graph {
	struct layer *layers; /* the lowest first */
	size_t count;
	size_t cap;
	int dir; /* that the names of files are seen from */
};

static bool has_size(struct slice chunk, size_t size)
{
	return !chunk.ptr || chunk.len == size;
}

/* The names of the layers below, as the list of files has them. */
static bool check_bases(const struct layer *layer, struct slice bases, struct slice chain)
{
	struct oid id;
	if (layer->map.bytes[7] != chain.len / (OID_HEX + 1) || bases.len != chain.len / (OID_HEX + 1) * OID_BYTES)
		return false;
	for (size_t i = 0; i * OID_BYTES < bases.len; i++)
		if (!oid_parse(&id, chain.ptr + i * (OID_HEX + 1)) || memcmp(bases.ptr + i * OID_BYTES, id.bytes, OID_BYTES) != 0)
			return false;
	return true;
}

/* chain: of the list of files what stands above this one. */
static bool read_layer(struct layer *layer, struct slice chain)
{
	static const char *const known[] = {"OIDF", "OIDL", "CDAT", "GDA2", "GDO2", "EDGE", "BIDX", "BDAT", "BASE", NULL};
	const unsigned char *head = layer->map.bytes;
	struct chunks chunks;
	if (layer->map.len < HEADER || memcmp(head, "CGPH\1\1", 6) != 0 || !chunks_open(&chunks, &layer->map, HEADER, head[6], known, 1))
		return false;
	struct slice fanout = chunks_find(&chunks, "OIDF"), names = chunks_find(&chunks, "OIDL"), data = chunks_find(&chunks, "CDAT");
	layer->table = (struct table){(const unsigned char *)fanout.ptr, (const unsigned char *)names.ptr};
	layer->data = (const unsigned char *)data.ptr;
	layer->edges = chunks_find(&chunks, "EDGE");
	layer->generations = chunks_find(&chunks, "GDA2");
	layer->bloom = chunks_find(&chunks, "BDAT");
	if (fanout.len != TABLE_FANOUT || !table_is_sound(&layer->table) || !check_bases(layer, chunks_find(&chunks, "BASE"), chain))
		return false;
	size_t count = table_count(&layer->table);
	return names.ptr && names.len == count * OID_BYTES && data.ptr && data.len == count * COMMIT_DATA && layer->edges.len % 4 == 0 &&
	       has_size(layer->generations, count * 4) && has_size(chunks_find(&chunks, "BIDX"), count * 4) &&
	       (!layer->bloom.ptr || layer->bloom.len >= BLOOM_HEADER) && chunks_find(&chunks, "GDO2").len % 8 == 0;
}

/* git speaks of layers that do not go together. */
static bool goes_with(const struct layer *layer, const struct layer *below)
{
	return !layer->generations.ptr == !below->generations.ptr &&
	       (!layer->bloom.ptr || !below->bloom.ptr || !memcmp(layer->bloom.ptr, below->bloom.ptr, BLOOM_HEADER));
}

/* 1 when there is no such file. */
static int add_layer(struct commit_graph *graph, const char *info, const char *name, struct slice chain, struct err *err)
{
	char *path = path_join(info, name);
	MEM_RESERVE(graph->layers, graph->cap, graph->count + 1);
	struct layer *layer = &graph->layers[graph->count++], *below = graph->count > 1 ? layer - 1 : NULL;
	*layer = (struct layer){.below = below ? below->below + table_count(&below->table) : 0};
	int failed = map_open(&layer->map, graph->dir, path, err);
	if (failed && layer->map.missing) {
		graph->count--;
		failed = 1;
	} else if (!failed && (!read_layer(layer, chain) || (below && !goes_with(layer, below)))) {
		failed = err_set(err, "%s is odd", name);
	}
	free(path);
	return failed;
}

/* The list of files that build upon each other, the first one lowest. */
static int open_chain(struct commit_graph *graph, const char *info, struct err *err)
{
	static const char chain[] = "commit-graphs/commit-graph-chain";
	char *path = path_join(info, chain);
	struct map map = {0};
	struct oid id;
	int failed = map_open(&map, graph->dir, path, err);
	bool good = !failed || map.missing;
	if (map.missing)
		err_release(err);
	const char *text = (const char *)map.bytes;
	for (size_t used = 0; good && used < map.len; used += OID_HEX + 1) {
		good = map.len - used > OID_HEX && oid_parse(&id, text + used) && text[used + OID_HEX] == '\n';
		char *name = mem_format("commit-graphs/graph-%.*s.graph", OID_HEX, good ? text + used : "");
		good = good && !add_layer(graph, info, name, slice_make(text, used), err);
		free(name);
	}
	map_close(&map);
	free(path);
	return good ? 0 : err_is_set(err) ? -1 : err_set(err, "%s is odd", chain);
}

int commit_graph_open(struct commit_graph **out, int dir, const char *objects_dir, struct err *err)
{
	struct commit_graph *graph = mem_calloc(1, sizeof *graph);
	char *info = path_join(objects_dir, "info");
	graph->dir = dir;
	int failed = add_layer(graph, info, "commit-graph", slice_make("", 0), err);
	if (failed > 0) { /* only then git looks for the others */
		err_release(err);
		failed = open_chain(graph, info, err);
	}
	free(info);
	*out = failed || !graph->count ? NULL : graph;
	if (!*out)
		commit_graph_close(graph);
	return failed;
}

void commit_graph_close(struct commit_graph *graph)
{
	if (!graph)
		return;
	for (size_t i = 0; i < graph->count; i++)
		map_close(&graph->layers[i].map);
	free(graph->layers);
	free(graph);
}

/* Adds the commit of that number to the parents. */
static bool add_parent(const struct commit_graph *graph, uint64_t number, struct commit_facts *facts, size_t *cap)
{
	for (size_t i = graph->count; i-- > 0;) {
		const struct layer *layer = &graph->layers[i];
		if (number < layer->below)
			continue;
		if (number - layer->below >= table_count(&layer->table))
			return false;
		MEM_RESERVE(facts->parents, *cap, facts->parent_count + 1);
		table_name(&layer->table, (uint32_t)(number - layer->below), &facts->parents[facts->parent_count++]);
		return true;
	}
	return false;
}

/* The parents from the second on, in the list from an edge on. */
static bool add_edges(const struct commit_graph *graph, const struct layer *layer, uint64_t edge, struct commit_facts *facts, size_t *cap)
{
	for (;; edge++) {
		if (edge >= layer->edges.len / 4)
			return false;
		uint64_t number = table_number((const unsigned char *)layer->edges.ptr + edge * 4, 4);
		if (!add_parent(graph, number & ~(uint64_t)LAST_OR_LIST, facts, cap))
			return false;
		if (number & LAST_OR_LIST)
			return true;
	}
}

static bool add_parents(const struct commit_graph *graph, const struct layer *layer, const unsigned char *data, struct commit_facts *facts)
{
	uint64_t first = table_number(data, 4), second = table_number(data + 4, 4);
	size_t cap = 0;
	if (first == NO_PARENT)
		return true;
	if (!add_parent(graph, first, facts, &cap))
		return false;
	if (second & LAST_OR_LIST)
		return add_edges(graph, layer, second & ~(uint64_t)LAST_OR_LIST, facts, &cap);
	return second == NO_PARENT || add_parent(graph, second, facts, &cap);
}

/* A generation of more than 31 bits stands elsewhere; that is left to git. */
static bool has_plain_generation(const struct layer *layer, uint32_t position)
{
	return !layer->generations.ptr || !(layer->generations.ptr[(size_t)position * 4] & 0x80);
}

/* "NAME <id>" */
static bool take_id(const char **text, const char *name, struct oid *id)
{
	size_t len = strlen(name);
	if (strncmp(*text, name, len) != 0 || !oid_parse(id, *text + len) || (*text)[len + OID_HEX] != '\n')
		return false;
	*text += len + OID_HEX + 1;
	return true;
}

static bool read_facts(struct commit_facts *facts, const char *text)
{
	static const char key[] = "\ncommitter ";
	struct oid parent;
	size_t cap = 0;
	if (!take_id(&text, "tree ", &facts->tree))
		return false;
	while (take_id(&text, "parent ", &parent)) {
		MEM_RESERVE(facts->parents, cap, facts->parent_count + 1);
		facts->parents[facts->parent_count++] = parent;
	}
	const char *line = strstr(text, key), *body = strstr(text, "\n\n");
	const char *end = line && body && line < body ? strchr(line + sizeof key - 1, '\n') : NULL;
	while (end && end > line && *end != '>')
		end--;
	facts->date = end && end > line ? strtoull(end + 1, NULL, 10) : 0;
	return facts->date > 0;
}

static bool layer_facts(const struct commit_graph *graph, const struct layer *layer, uint32_t position, struct commit_facts *facts)
{
	const unsigned char *data = layer->data + (size_t)position * COMMIT_DATA;
	memcpy(facts->tree.bytes, data, OID_BYTES);
	facts->date = table_number(data + OID_BYTES + 8, 8) & 0x3ffffffff; /* 34 bits, below the generation */
	return facts->date && add_parents(graph, layer, data + OID_BYTES, facts) && has_plain_generation(layer, position);
}

int commit_graph_facts(const struct commit_graph *graph, const struct oid *id, struct commit_facts *facts, struct err *err)
{
	uint32_t position;
	*facts = (struct commit_facts){.parents = NULL};
	for (size_t i = graph ? graph->count : 0; i-- > 0;) {
		const struct layer *layer = &graph->layers[i];
		if (!table_find(&layer->table, id, &position))
			continue;
		if (layer_facts(graph, layer, position, facts))
			return 0;
		free(facts->parents);
		facts->parents = NULL;
		return err_set(err, "the commit-graph is odd");
	}
	return 1;
}

static bool are_equal(const struct commit_facts *a, const struct commit_facts *b)
{
	bool equal = a->date == b->date && oid_equal(&a->tree, &b->tree) && a->parent_count == b->parent_count;
	for (size_t i = 0; equal && i < a->parent_count; i++)
		equal = oid_equal(&a->parents[i], &b->parents[i]);
	return equal;
}

bool commit_graph_agrees(const struct commit_graph *graph, const struct oid *id, const char *text)
{
	struct commit_facts facts, own = {.parents = NULL};
	struct err ignored = ERR_INIT;
	int unknown = commit_graph_facts(graph, id, &facts, &ignored);
	bool agrees = unknown > 0 || (!unknown && read_facts(&own, text) && are_equal(&facts, &own));
	free(facts.parents);
	free(own.parents);
	err_release(&ignored);
	return agrees;
}

int commit_graph_check(const char *git_dir, struct err *err)
{
	char *objects = path_join(git_dir, "objects");
	struct commit_graph *graph = NULL;
	int failed = commit_graph_open(&graph, AT_FDCWD, objects, err);
	commit_graph_close(graph);
	free(objects);
	return failed;
}
