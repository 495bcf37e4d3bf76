/* See staged.h. Both sides come in the same order, so one pass over them does. */
#include "git/staged.h"

#include <stdlib.h>
#include <string.h>

struct pass {
	struct staged *staged;
	const struct index_file *index;
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

static int visit(void *cookie, const char *path, uint32_t mode, const struct oid *id)
{
	struct pass *pass = cookie;
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

int staged_compare(struct staged *staged, const struct index_file *index, struct objects *objects,
		   const struct oid *head, struct err *err)
{
	struct oid tree;
	struct pass pass = {staged, index, 0, false, err};
	staged->changes = mem_calloc(index->count + 1, 1);
	memset(staged->changes, ' ', index->count);
	if (head && objects_tree_of(objects, head, &tree, err))
		return -1;
	if (head && index->has_tree && oid_equal(&tree, &index->tree)) {
		int have = objects_have(objects, &tree, err);
		return have ? (have < 0 ? -1 : 0) : err_set(err, "the tree of HEAD is missing");
	}
	if (head && objects_walk_tree(objects, &tree, visit, &pass, err))
		return -1;
	add_before(&pass, NULL);
	if (pass.added && staged->deleted.len)
		return err_set(err, "a rename may be staged");
	return 0;
}

void staged_release(struct staged *staged)
{
	free(staged->changes);
	args_release(&staged->deleted);
}
