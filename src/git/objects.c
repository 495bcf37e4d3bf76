/* See objects.h. What odb.c cannot read is libgit2's, which is opened only then. The database is opened on its own there and wrapped
 * as a repository: libgit2 then reads no configuration, index or reference behind our back, and all that it is asked has one answer. */
#include "git/objects.h"

#include "base/path.h"
#include "git/library.h"
#include "git/odb.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* How many commits are looked at before libgit2 is asked. */
enum { SHORTEST_LOOK = 4, LONGEST_LOOK = 64 };

struct objects {
	char *path;
	struct odb *odb;
	git_odb *library; /* NULL until needed */
	git_repository *repo;
	bool broken;
};

/* The words of libgit2's last error, after what failed. */
static int fail(struct objects *objects, struct err *err, const char *what)
{
	objects->broken = true;
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

struct objects *objects_open(const char *git_dir)
{
	struct objects *objects = mem_calloc(1, sizeof *objects);
	objects->path = path_join(git_dir, "objects");
	objects->odb = odb_open(objects->path);
	return objects;
}

static int open_library(struct objects *objects, struct err *err)
{
	if (objects->repo)
		return 0;
	if (git2_load(err))
		return -1;
	if (git2.odb_open(&objects->library, objects->path) || git2.repository_wrap_odb(&objects->repo, objects->library))
		return fail(objects, err, "objects");
	return 0;
}

void objects_close(struct objects *objects)
{
	if (!objects)
		return;
	if (objects->repo)
		git2.repository_free(objects->repo);
	if (objects->library)
		git2.odb_free(objects->library);
	odb_close(objects->odb);
	free(objects->path);
	free(objects);
}

bool objects_broken(const struct objects *objects)
{
	return objects && objects->broken;
}

int objects_have(struct objects *objects, const struct oid *id, struct err *err)
{
	enum odb_answer answer = odb_find(objects->odb, id, err);
	objects->broken |= answer == ODB_FAILED;
	if (answer != ODB_UNKNOWN)
		return answer == ODB_FOUND ? 1 : -1;
	if (open_library(objects, err))
		return -1;
	git_oid oid = to_git(id);
	return git2.odb_exists(objects->library, &oid) == 1;
}

int objects_check_refs(struct objects *objects, const struct refs *refs, struct err *err)
{
	size_t replaced;
	refs_under(refs, "refs/replace/", &replaced);
	if (replaced)
		return err_set(err, "objects are replaced");
	for (size_t i = 0; i < refs->count; i++) {
		int have = objects_have(objects, &refs->list[i].id, err);
		if (have <= 0)
			return have ? -1 : err_set(err, "%s has no object", refs->list[i].name);
	}
	return 0;
}

int objects_peel(struct objects *objects, const struct oid *id, bool *peels, struct oid *peeled, struct err *err)
{
	if (open_library(objects, err))
		return -1;
	git_oid oid = to_git(id);
	git_object_t type;
	git_tag *tag;
	git_object *target;
	size_t size;
	if (git2.odb_read_header(&size, &type, objects->library, &oid))
		return fail(objects, err, "tag");
	*peels = type == GIT_OBJECT_TAG;
	if (!*peels)
		return 0;
	if (git2.tag_lookup(&tag, objects->repo, &oid))
		return fail(objects, err, "tag");
	int failed = git2.tag_peel(&target, tag);
	if (!failed) {
		from_git(peeled, git2.object_id(target));
		git2.object_free(target);
	}
	git2.tag_free(tag);
	return failed ? fail(objects, err, "tag") : 0;
}

static int simple(struct objects *objects, enum odb_answer answer)
{
	objects->broken |= answer == ODB_FAILED;
	return answer == ODB_FOUND ? 0 : answer == ODB_UNKNOWN ? 1 : -1;
}

int objects_read_commit(struct objects *objects, const struct oid *id, struct str *out, struct err *err)
{
	return simple(objects, odb_read(objects->odb, id, OBJECT_COMMIT, out, err));
}

int objects_peel_simply(struct objects *objects, const struct oid *id, struct oid *peeled, struct err *err)
{
	struct str text = STR_INIT;
	int result = simple(objects, odb_read(objects->odb, id, OBJECT_COMMIT, &text, err));
	*peeled = *id;
	if (result > 0) {
		static const char type[] = "\ntype commit\n";
		size_t at = strlen("object ") + OID_HEX;
		result = simple(objects, odb_read(objects->odb, id, OBJECT_TAG, &text, err));
		if (!result && (text.len < at + sizeof type || strncmp(text.data, "object ", 7) != 0 ||
				!oid_parse(peeled, text.data + 7) || strncmp(text.data + at, type, sizeof type - 1) != 0))
			result = 1;
	}
	str_release(&text);
	return result;
}

int objects_abbreviate(struct objects *objects, const struct oid *id, size_t *digits, struct err *err)
{
	return simple(objects, odb_abbreviate(objects->odb, id, digits, err));
}

static int tree_by_library(struct objects *objects, const struct oid *commit, struct oid *tree, struct err *err)
{
	if (open_library(objects, err))
		return -1;
	git_oid oid = to_git(commit);
	git_commit *found;
	if (git2.commit_lookup(&found, objects->repo, &oid))
		return fail(objects, err, "commit");
	from_git(tree, git2.commit_tree_id(found));
	git2.commit_free(found);
	return 0;
}

int objects_tree_of(struct objects *objects, const struct oid *commit, struct oid *tree, struct err *err)
{
	struct str text = STR_INIT;
	enum odb_answer answer = odb_read(objects->odb, commit, OBJECT_COMMIT, &text, err);
	int failed = -1;
	objects->broken |= answer == ODB_FAILED;
	if (answer == ODB_UNKNOWN)
		failed = tree_by_library(objects, commit, tree, err);
	else if (answer == ODB_FOUND && (text.len < 46 || strncmp(text.data, "tree ", 5) != 0 || !oid_parse(tree, text.data + 5)))
		err_set(err, "a commit is damaged");
	else if (answer == ODB_FOUND)
		failed = 0;
	str_release(&text);
	return failed;
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
	if (open_library(objects, err))
		return -1;
	git_oid oid = to_git(tree);
	git_tree *root;
	if (git2.tree_lookup(&root, objects->repo, &oid))
		return fail(objects, err, "tree");
	struct tree_walk walk = {visit, cookie, err, STR_INIT, 0};
	int failed = git2.tree_walk(root, GIT_TREEWALK_PRE, visit_entry, &walk);
	git2.tree_free(root);
	str_release(&walk.path);
	if (walk.result)
		return walk.result;
	return failed ? fail(objects, err, "tree") : 0;
}

/* Adds the parents of a commit that are not there yet. */
static int add_parents(struct oid *list, size_t *count, size_t most, const char *text)
{
	static const char key[] = "parent ";
	struct oid parent;
	const char *line = strchr(text, '\n');
	for (; line && !strncmp(line + 1, key, sizeof key - 1) && oid_parse(&parent, line + sizeof key); line = strchr(line + 1, '\n')) {
		size_t at = 0;
		while (at < *count && !oid_equal(&list[at], &parent))
			at++;
		if (at == most)
			return -1;
		list[at] = parent;
		*count += at == *count;
	}
	return 0;
}

enum answer { NO, YES, UNKNOWN };

/* Is it among the next few, or not below the tip at all, all that is read being simple? libgit2 is not needed then. */
static enum answer reach_soon(struct objects *objects, const struct oid *commit, const struct oid *tip, size_t most)
{
	struct oid list[LONGEST_LOOK] = {*tip};
	struct str text = STR_INIT;
	struct err ignored = ERR_INIT;
	bool found = false, simple = true;
	for (size_t at = 0, count = 1; at < count && simple && !found; at++) {
		found = oid_equal(&list[at], commit);
		str_clear(&text);
		simple = found || (odb_read(objects->odb, &list[at], OBJECT_COMMIT, &text, &ignored) == ODB_FOUND &&
				   !add_parents(list, &count, most, str_cstr(&text)));
	}
	err_release(&ignored);
	str_release(&text);
	return found ? YES : simple ? NO : UNKNOWN;
}

int objects_relate(struct objects *objects, const struct oid *ours, const struct oid *theirs, enum objects_relation *relation,
		   struct err *err)
{
	enum answer behind = UNKNOWN, ahead = oid_equal(ours, theirs) ? YES : UNKNOWN;
	for (size_t most = SHORTEST_LOOK; most <= LONGEST_LOOK && behind != YES && ahead != YES; most *= 16) {
		behind = reach_soon(objects, ours, theirs, most);
		ahead = behind == YES ? NO : reach_soon(objects, theirs, ours, most);
	}
	bool reach = ahead == YES;
	if (ahead == UNKNOWN && behind != YES && objects_reach(objects, theirs, ours, 1, &reach, err))
		return -1;
	*relation = reach ? OBJECTS_AHEAD : OBJECTS_BEHIND;
	if (reach || behind == YES)
		return 0;
	if (behind == UNKNOWN && objects_reach(objects, ours, theirs, 1, &reach, err))
		return -1;
	*relation = reach ? OBJECTS_BEHIND : OBJECTS_APART;
	return 0;
}

int objects_reach(struct objects *objects, const struct oid *commit, const struct oid *tips, size_t count, bool *reach,
		  struct err *err)
{
	*reach = false;
	for (size_t i = 0; i < count && !*reach; i++)
		*reach = oid_equal(commit, &tips[i]);
	if (*reach || !count)
		return 0;
	if (open_library(objects, err))
		return -1;
	git_oid wanted = to_git(commit);
	git_oid *from = mem_calloc(count, sizeof *from);
	for (size_t i = 0; i < count; i++)
		from[i] = to_git(&tips[i]);
	int found = git2.graph_reachable_from_any(objects->repo, &wanted, from, count);
	free(from);
	*reach = found == 1;
	return found < 0 ? fail(objects, err, "history") : 0;
}
