/* See staged.h. Both sides come in the same order, so one pass over them does. As git does, it takes the index's word for directories that
 * are as in HEAD, and reads the trees of the others. */
#include "git/staged.h"

#include "git/tree.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct pass {
	struct staged *staged;
	const struct index_file *index;
	struct objects *objects;
	struct cache_tree cache;
	struct str path; /* of the directory, with a trailing slash */
	size_t next; /* the first entry that the tree has not come to */
	bool added;
	struct err *err;
};

static void add_before(struct pass *pass, const char *path)
{
	const struct index_file *index = pass->index;
	for (; pass->next < index->count; pass->next++) {
		const struct index_entry *entry = &index->entries[pass->next];
		if (path && strcmp(entry->path, path) >= 0)
			return;
		if (entry->stage || entry->flags & INDEX_INTENDED)
			continue;
		pass->staged->changes[pass->next] = 'A';
		pass->added = true;
	}
}

/* A path in conflict is neither staged nor deleted: all its entries are passed over. */
static void pass_over(struct pass *pass, const char *path)
{
	while (pass->next < pass->index->count && !strcmp(pass->index->entries[pass->next].path, path))
		pass->next++;
}

static int visit_file(struct pass *pass, const char *path, uint32_t mode, const struct oid *id)
{
	add_before(pass, path);
	if (pass->next == pass->index->count || strcmp(pass->index->entries[pass->next].path, path) != 0) {
		args_push(&pass->staged->deleted, path);
		return 0;
	}
	const struct index_entry *entry = &pass->index->entries[pass->next];
	if (entry->flags & INDEX_INTENDED)
		return err_set(pass->err, "%s is in HEAD and intended to be added", path);
	if (entry->stage) {
		pass_over(pass, path);
		return 0;
	}
	if ((entry->mode == MODE_LINK) != (mode == MODE_LINK))
		pass->staged->changes[pass->next] = 'T';
	else if (entry->mode != mode || !oid_equal(&entry->id, id))
		pass->staged->changes[pass->next] = 'M';
	pass->next++;
	return 0;
}

/* Passes over as many entries as the index says are in the directory pass->path. */
static int pass_directory(struct pass *pass, long count)
{
	const struct index_file *index = pass->index;
	add_before(pass, str_cstr(&pass->path));
	size_t end = pass->next + (size_t)count;
	if (end > index->count || strncmp(index->entries[pass->next].path, pass->path.data, pass->path.len) != 0 ||
	    strncmp(index->entries[end - 1].path, pass->path.data, pass->path.len) != 0)
		return err_set(pass->err, "the index has an odd cache of trees");
	pass->next = end;
	return 0;
}

static int compare_tree(struct pass *pass, const struct oid *id, const struct cache_node *node);

static int visit_directory(struct pass *pass, const struct tree_entry *entry, const struct cache_node *node)
{
	size_t len = pass->path.len;
	str_add_slice(&pass->path, entry->name);
	str_addc(&pass->path, '/');
	int failed;
	if (node && node->count > 0 && oid_equal(&node->id, &entry->id))
		failed = pass_directory(pass, node->count);
	else if (pass->path.len > PATH_MAX)
		failed = err_set(pass->err, "a tree is too deep");
	else
		failed = compare_tree(pass, &entry->id, node);
	str_truncate(&pass->path, len);
	return failed;
}

static int visit(struct pass *pass, const struct tree_entry *entry, const struct cache_node *node)
{
	if (entry->mode == MODE_TREE)
		return visit_directory(pass, entry, node);
	if (entry->mode == MODE_COMMIT)
		return err_set(pass->err, "a tree has submodules");
	char *path = mem_format("%s%s", str_cstr(&pass->path), entry->name.ptr);
	int failed = visit_file(pass, path, entry->mode, &entry->id);
	free(path);
	return failed;
}

/* Compares what is below pass->path; node is what the index says of it, or NULL. */
static int compare_tree(struct pass *pass, const struct oid *id, const struct cache_node *node)
{
	struct str text = STR_INIT;
	enum object_type type;
	size_t count;
	const struct cache_node **children = cache_tree_children(&pass->cache, node, &count);
	int failed = objects_read(pass->objects, id, &type, &text, pass->err);
	if (!failed && type != OBJECT_TREE)
		failed = err_set(pass->err, "a tree is odd");
	struct slice rest = str_slice(&text);
	while (!failed && rest.len) {
		struct tree_entry entry;
		if (!tree_take(&rest, &entry)) {
			failed = err_set(pass->err, "a tree is odd");
			break;
		}
		const struct cache_node key = {.name = entry.name}, *wanted = &key;
		const struct cache_node **found = count ? bsearch(&wanted, children, count, sizeof *children, cache_node_compare) : NULL;
		failed = visit(pass, &entry, found ? *found : NULL);
	}
	free(children);
	str_release(&text);
	return failed;
}

static int find_tree(struct objects *objects, const struct oid *head, struct oid *tree, struct err *err)
{
	struct commit_facts facts;
	int result = objects_know(objects, head, &facts, err);
	if (result > 0)
		return objects_tree_of(objects, head, tree, err);
	*tree = facts.tree;
	free(facts.parents);
	return result;
}

int staged_compare(struct staged *staged, const struct index_file *index, struct objects *objects,
		   const struct oid *head, struct err *err)
{
	struct oid tree;
	struct pass pass = {.staged = staged, .index = index, .objects = objects, .path = STR_INIT, .err = err};
	staged->changes = mem_calloc(index->count + 1, 1);
	memset(staged->changes, ' ', index->count);
	int failed = head ? find_tree(objects, head, &tree, err) : 0;
	if (!failed && head && index->cached.len && !cache_tree_read(&pass.cache, index->cached))
		failed = err_set(err, "the index has an odd cache of trees");
	if (!failed && head)
		failed = compare_tree(&pass, &tree, pass.cache.count ? pass.cache.list : NULL);
	if (!failed)
		add_before(&pass, NULL);
	cache_tree_release(&pass.cache);
	str_release(&pass.path);
	if (failed)
		return -1;
	return pass.added && staged->deleted.len ? err_set(err, "a rename may be staged") : 0;
}

void staged_release(struct staged *staged)
{
	free(staged->changes);
	args_release(&staged->deleted);
}
