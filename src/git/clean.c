/* See clean.h. */
#include "git/clean.h"

#include "git/readable.h"
#include "git/staged.h"
#include "git/worktree.h"

static int check_changes(const struct worktree *worktree, const struct staged *staged, const struct index_file *index, struct err *err)
{
	if (worktree->rewrite)
		return err_set(err, "the index needs a refresh");
	if (staged->deleted.len)
		return err_set(err, "there are local changes");
	for (size_t i = 0; i < index->count; i++)
		if (worktree->changes[i] != ' ' || staged->changes[i] != ' ' || index->entries[i].stage)
			return err_set(err, "there are local changes");
	return 0;
}

int clean_check(const struct layout *layout, const struct settings *settings, const struct index_file *index, struct objects *objects,
		const struct oid *head, struct err *err)
{
	struct worktree worktree = {0};
	struct staged staged = {0};
	const struct worktree_place place = {
	    .top = layout->top, .common_dir = layout->common_dir, .settings = settings, .index = index, .threads = 1};
	int failed = readable_check_excludes(layout->dir, settings->excludes_file, err) || worktree_scan(&worktree, &place, err) ||
		     worktree_check_links(&worktree, index, objects, err) ||
		     staged_compare(&staged, index, objects, head, err) ||
		     check_changes(&worktree, &staged, index, err);
	staged_release(&staged);
	worktree_release(&worktree);
	return failed ? -1 : 0;
}
