/* See tree.h. The layout of the cache tree is described in git's gitformat-index(5). */
#include "git/tree.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 2048 };

/* Octal digits up to a blank. */
static bool take_mode(struct slice *content, uint32_t *mode)
{
	uint32_t value = 0;
	size_t i = 0;
	for (; i < content->len && content->ptr[i] >= '0' && content->ptr[i] <= '7' && i < 7; i++)
		value = value << 3 | (uint32_t)(content->ptr[i] - '0');
	if (!i || i == content->len || content->ptr[i] != ' ')
		return false;
	*content = slice_make(content->ptr + i + 1, content->len - i - 1);
	uint32_t kind = value & 0170000;
	*mode = kind == 0100000 ? (value & 0100 ? MODE_PROGRAM : MODE_FILE) : kind;
	return kind == 0100000 || kind == MODE_LINK || kind == MODE_TREE || kind == MODE_COMMIT;
}

bool tree_take(struct slice *content, struct tree_entry *entry)
{
	if (!take_mode(content, &entry->mode))
		return false;
	const char *nul = content->len ? memchr(content->ptr, '\0', content->len) : NULL;
	if (!nul || nul == content->ptr)
		return false;
	entry->name = slice_make(content->ptr, (size_t)(nul - content->ptr));
	size_t used = entry->name.len + 1 + OID_BYTES;
	if (used > content->len || memchr(entry->name.ptr, '/', entry->name.len))
		return false;
	memcpy(entry->id.bytes, nul + 1, OID_BYTES);
	*content = slice_make(content->ptr + used, content->len - used);
	return true;
}

/* A decimal number, ended by a byte. */
static bool take_number(struct slice *bytes, char end, long *number)
{
	bool negative = bytes->len && *bytes->ptr == '-';
	size_t i = negative;
	long value = 0;
	for (; i < bytes->len && bytes->ptr[i] >= '0' && bytes->ptr[i] <= '9' && i < 10; i++)
		value = value * 10 + (bytes->ptr[i] - '0');
	if (i == negative || i == bytes->len || bytes->ptr[i] != end)
		return false;
	*number = negative ? -value : value;
	*bytes = slice_make(bytes->ptr + i + 1, bytes->len - i - 1);
	return true;
}

/* git writes them so, and puts them in order where they are not. */
static bool comes_before(struct slice a, struct slice b)
{
	return a.len != b.len ? a.len < b.len : memcmp(a.ptr, b.ptr, a.len) < 0;
}

/* Name, NUL, number of entries, blank, number of directories in it, newline; the id, if it has one; the directories. */
static bool read_node(struct cache_tree *cache, struct slice *bytes, const struct cache_node *above, int depth)
{
	const char *nul = bytes->len ? memchr(bytes->ptr, '\0', bytes->len) : NULL;
	struct cache_node node = {0};
	long below;
	if (!nul || depth == DEPTH)
		return false;
	node.name = slice_make(bytes->ptr, (size_t)(nul - bytes->ptr));
	*bytes = slice_make(nul + 1, bytes->len - node.name.len - 1);
	if ((above != NULL) != (node.name.len > 0) || memchr(node.name.ptr, '/', node.name.len) || !take_number(bytes, ' ', &node.count) ||
	    !take_number(bytes, '\n', &below) || below < 0 || (size_t)below > bytes->len || (node.count >= 0 && bytes->len < OID_BYTES))
		return false;
	if (node.count >= 0) {
		memcpy(node.id.bytes, bytes->ptr, OID_BYTES);
		*bytes = slice_make(bytes->ptr + OID_BYTES, bytes->len - OID_BYTES);
	}
	size_t own = cache->count;
	MEM_RESERVE(cache->list, cache->cap, own + 1);
	cache->list[cache->count++] = node;
	struct slice last = slice_make("", 0);
	for (; below; below--) {
		size_t next = cache->count;
		if (!read_node(cache, bytes, &node, depth + 1) || !comes_before(last, cache->list[next].name))
			return false;
		last = cache->list[next].name;
	}
	cache->list[own].end = cache->count;
	return true;
}

bool cache_tree_read(struct cache_tree *cache, struct slice bytes)
{
	return read_node(cache, &bytes, NULL, 0) && !bytes.len;
}

void cache_tree_release(struct cache_tree *cache)
{
	free(cache->list);
	*cache = (struct cache_tree){0};
}

int cache_node_compare(const void *a, const void *b)
{
	return slice_compare((*(const struct cache_node *const *)a)->name, (*(const struct cache_node *const *)b)->name);
}

const struct cache_node **cache_tree_children(const struct cache_tree *cache, const struct cache_node *node, size_t *count)
{
	const struct cache_node **children = NULL;
	size_t cap = 0;
	*count = 0;
	for (size_t i = node ? (size_t)(node - cache->list) + 1 : 0; node && i < node->end; i = cache->list[i].end) {
		MEM_RESERVE(children, cap, *count + 1);
		children[(*count)++] = &cache->list[i];
	}
	if (*count)
		qsort(children, *count, sizeof *children, cache_node_compare);
	return children;
}
