/* See objects.h. The database is opened on its own and wrapped as a repository: libgit2 then reads no configuration,
 * index or reference behind our back, and all that it is asked has one answer. */
#include "git/objects.h"

#include "base/path.h"
#include "git/library.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct objects {
	git_odb *odb;
	git_repository *repo;
};

/* The words of libgit2's last error, after what failed. */
static int fail(struct err *err, const char *what)
{
	const git_error *last = git2.error_last();
	return err_set(err, "%s: %s", what, last && last->message ? last->message : "unknown error");
}

static git_oid to_git(const struct oid *id)
{
	git_oid out;
	git2.oid_fromraw(&out, id->bytes);
	return out;
}

static void from_git(struct oid *out, const git_oid *id)
{
	memcpy(out->bytes, id->id, OID_BYTES);
}

int objects_open(struct objects **out, const char *git_dir, struct err *err)
{
	if (git2_load(err))
		return -1;
	struct objects *objects = mem_calloc(1, sizeof *objects);
	char *path = path_join(git_dir, "objects");
	int failed = git2.odb_open(&objects->odb, path) || git2.repository_wrap_odb(&objects->repo, objects->odb);
	free(path);
	if (failed) {
		objects_close(objects);
		return fail(err, "objects");
	}
	*out = objects;
	return 0;
}

void objects_close(struct objects *objects)
{
	if (!objects)
		return;
	git2.repository_free(objects->repo);
	git2.odb_free(objects->odb);
	free(objects);
}

bool objects_have(struct objects *objects, const struct oid *id)
{
	git_oid oid = to_git(id);
	return git2.odb_exists(objects->odb, &oid) == 1;
}

int objects_tree_of(struct objects *objects, const struct oid *commit, struct oid *tree, struct err *err)
{
	git_oid oid = to_git(commit);
	git_commit *found;
	if (git2.commit_lookup(&found, objects->repo, &oid))
		return fail(err, "commit");
	from_git(tree, git2.commit_tree_id(found));
	git2.commit_free(found);
	return 0;
}

struct tree_walk {
	objects_visit *visit;
	void *cookie;
	struct err *err;
	struct str path;
	int result;
};

static int visit_entry(const char *dir, const git_tree_entry *entry, void *payload)
{
	struct tree_walk *walk = payload;
	git_filemode_t mode = git2.tree_entry_filemode(entry);
	if (strlen(dir) > PATH_MAX) {
		walk->result = err_set(walk->err, "a tree is too deep");
		return -1;
	}
	if (mode == GIT_FILEMODE_TREE)
		return 0;
	if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE && mode != GIT_FILEMODE_LINK) {
		walk->result = err_set(walk->err, "a tree has submodules");
		return -1;
	}
	str_clear(&walk->path);
	str_adds(&walk->path, dir);
	str_adds(&walk->path, git2.tree_entry_name(entry));
	struct oid id;
	from_git(&id, git2.tree_entry_id(entry));
	walk->result = walk->visit(walk->cookie, str_cstr(&walk->path), (uint32_t)mode, &id);
	return walk->result ? -1 : 0;
}

int objects_walk_tree(struct objects *objects, const struct oid *tree, objects_visit *visit, void *cookie,
		      struct err *err)
{
	git_oid oid = to_git(tree);
	git_tree *root;
	if (git2.tree_lookup(&root, objects->repo, &oid))
		return fail(err, "tree");
	struct tree_walk walk = {visit, cookie, err, STR_INIT, 0};
	int failed = git2.tree_walk(root, GIT_TREEWALK_PRE, visit_entry, &walk);
	git2.tree_free(root);
	str_release(&walk.path);
	if (walk.result)
		return walk.result;
	return failed ? fail(err, "tree") : 0;
}

int objects_reach(struct objects *objects, const struct oid *commit, const struct oid *tips, size_t count, bool *reach,
		  struct err *err)
{
	*reach = false;
	for (size_t i = 0; i < count && !*reach; i++)
		*reach = oid_equal(commit, &tips[i]);
	if (*reach || !count)
		return 0;
	git_oid wanted = to_git(commit);
	git_oid *from = mem_calloc(count, sizeof *from);
	for (size_t i = 0; i < count; i++)
		from[i] = to_git(&tips[i]);
	int found = git2.graph_reachable_from_any(objects->repo, &wanted, from, count);
	free(from);
	*reach = found == 1;
	return found < 0 ? fail(err, "history") : 0;
}

int objects_hash(struct slice content, struct oid *id, struct err *err)
{
	git_oid oid;
	if (git2_load(err))
		return -1;
	if (git2.odb_hash(&oid, content.len ? content.ptr : "", content.len, GIT_OBJECT_BLOB))
		return fail(err, "hash");
	from_git(id, &oid);
	return 0;
}
