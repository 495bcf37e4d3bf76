/* Tree objects, and the cache tree in an index, which tells which of its entries are just what a tree holds. */
#ifndef MR_GIT_TREE_H
#define MR_GIT_TREE_H

#include "base/str.h"
#include "git/oid.h"

#include <stdbool.h>
#include <stdint.h>

#define MODE_TREE 0040000u
#define MODE_COMMIT 0160000u

struct tree_entry {
	uint32_t mode; /* MODE_...; permissions as git rounds them */
	struct slice name; /* with a NUL behind it */
	struct oid id;
};

/* Takes the first entry off a tree's content. False when it is odd. */
bool tree_take(struct slice *content, struct tree_entry *entry);

/* A directory in a cache tree. */
struct cache_node {
	struct slice name; /* "" at the top */
	long count; /* of entries of the index below it; -1 when it is not known to be any tree */
	struct oid id;
	size_t end; /* in the list: behind what is below it */
};

struct cache_tree {
	struct cache_node *list; /* each directory in front of those below it */
	size_t count;
	size_t cap;
};

/* Reads the bytes of the index's extension TREE. False when they are odd. The caller releases a zeroed cache either way. */
bool cache_tree_read(struct cache_tree *cache, struct slice bytes);
void cache_tree_release(struct cache_tree *cache);

/* For bsearch() and qsort() of pointers to directories: by name. */
int cache_node_compare(const void *a, const void *b);

/* The directories right in another one, so sorted; node NULL: none. For free(). */
const struct cache_node **cache_tree_children(const struct cache_tree *cache, const struct cache_node *node, size_t *count);

#endif
