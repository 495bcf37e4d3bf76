/* See tips.h. That is `git rev-list --objects --not --all --alternate-refs` in check_connected() of git's connected.c. */
#include "git/tips.h"

#include "base/directory.h"
#include "base/path.h"
#include "git/alternates.h"
#include "git/map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static int check_commit(struct objects *objects, const struct oid *id, struct err *err)
{
	int have = objects_have_whole(objects, id, err);
	return have > 0 ? 0 : have < 0 ? -1 : err_set(err, "what a HEAD names is missing");
}

static int check_refs(struct objects *objects, const struct refs *refs, struct err *err)
{
	if (objects_check_refs(objects, refs, true, err))
		return -1;
	return refs->head ? 0 : check_commit(objects, &refs->head_id, err);
}

/* A HEAD of another work tree: git passes over one that is missing or broken, and a branch is checked as such. */
static int check_head(struct objects *objects, int dir, const char *name, struct err *err)
{
	struct map map = {0};
	struct oid id;
	int failed = map_open(&map, dir, name, err);
	if (failed && map.missing) {
		err_release(err);
		failed = 0;
	} else if (!failed && map.len >= OID_HEX && oid_parse(&id, (const char *)map.bytes)) {
		failed = check_commit(objects, &id, err);
	}
	map_close(&map);
	return failed;
}

struct trees {
	struct objects *objects;
	int dir;
	struct err *err;
};

static int visit_tree(void *cookie, const char *name, enum directory_kind kind)
{
	const struct trees *trees = cookie;
	(void)kind;
	char *head = path_join(name, "HEAD");
	int failed = check_head(trees->objects, trees->dir, head, trees->err);
	free(head);
	return failed;
}

static int visit_any(void *cookie, const char *name, enum directory_kind kind)
{
	(void)cookie;
	(void)name;
	(void)kind;
	return 1;
}

/* 0 also when there is no such directory. */
static int visit_dir(int parent, const char *name, directory_visit *visit, struct trees *trees, struct err *err)
{
	int dir = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return errno == ENOENT ? 0 : err_sys(err, errno, "%s", name);
	trees->dir = dir;
	int failed = directory_read(dir, visit, trees);
	if (failed && !err_is_set(err))
		err_set(err, "%s is not empty or not readable", name);
	close(dir);
	return failed ? -1 : 0;
}

static int check_trees(struct objects *objects, const struct layout *layout, struct err *err)
{
	struct trees trees = {objects, -1, err};
	if (visit_dir(layout->dir, "worktrees", visit_tree, &trees, err))
		return -1;
	if (!layout->linked)
		return 0;
	/* refs.c knows the common references only. */
	return check_head(objects, layout->dir, "HEAD", err) || visit_dir(layout->own_dir, "refs", visit_any, &trees, err) ? -1 : 0;
}

static int check_alternate(struct objects *objects, const char *git_dir, struct err *err)
{
	struct refs refs = REFS_INIT;
	int dir = open(git_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_sys(err, errno, "%s", git_dir);
	int failed = refs_read(&refs, dir, dir, err) || check_refs(objects, &refs, err);
	refs_release(&refs);
	close(dir);
	return failed;
}

int tips_check(struct objects *objects, const struct layout *layout, const struct refs *refs, struct err *err)
{
	struct args dirs = ARGS_INIT;
	int failed = check_refs(objects, refs, err) || check_trees(objects, layout, err) ||
		     alternates_list(&dirs, layout->common_dir, layout->dir, err);
	for (size_t i = 0; i < dirs.len && !failed; i++)
		failed = check_alternate(objects, dirs.list[i], err);
	args_release(&dirs);
	return failed ? -1 : 0;
}
