/* See objects.h. What odb.c cannot read is libgit2's, which is opened only then. The database is opened on its own there and wrapped
 * as a repository: libgit2 then reads no configuration, index or reference behind our back, and all that it is asked has one answer. */
#include "git/objects.h"

#include "base/path.h"
#include "git/library.h"
#include "git/odb.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* How many commits are looked at before libgit2 is asked. */
enum { SHORTEST_LOOK = 4, LONGEST_LOOK = 64 };

struct objects {
	char *path;
	int dir; /* an open directory, and its name there */
	const char *name;
	struct odb *odb;
	git_odb *library; /* NULL until needed */
	git_repository *repo;
	struct commit_graph *graph;
	bool graph_read, believes_graph;
	bool broken;
};

enum { TAG_DEPTH = 10 };

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

struct objects *objects_open(const char *git_dir, int dir)
{
	struct objects *objects = mem_calloc(1, sizeof *objects);
	objects->path = path_join(git_dir, "objects");
	objects->dir = dir < 0 ? AT_FDCWD : dir;
	objects->name = dir < 0 ? objects->path : "objects";
	objects->odb = odb_open(objects->dir, objects->name);
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
	commit_graph_close(objects->graph);
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

static int open_graph(struct objects *objects, struct err *err)
{
	if (!objects->graph_read && commit_graph_open(&objects->graph, objects->dir, objects->name, err))
		return -1;
	objects->graph_read = true;
	return 0;
}

int objects_have_whole(struct objects *objects, const struct oid *id, struct err *err)
{
	enum odb_answer answer = odb_check_loose(objects->odb, id, err);
	objects->broken |= answer == ODB_FAILED;
	if (answer != ODB_UNKNOWN)
		return answer == ODB_FOUND ? 1 : -1;
	return objects_have(objects, id, err); /* a large one, or one of another repository */
}

int objects_check_refs(struct objects *objects, const struct refs *refs, bool whole, struct err *err)
{
	size_t replaced;
	if (open_graph(objects, err))
		return -1;
	refs_under(refs, "refs/replace/", &replaced);
	if (replaced)
		return err_set(err, "objects are replaced");
	for (size_t i = 0; i < refs->count; i++) {
		const struct oid *id = &refs->list[i].id;
		int have = whole ? objects_have_whole(objects, id, err) : objects_have(objects, id, err);
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

static int read_by_library(struct objects *objects, const struct oid *id, enum object_type *type, struct str *out, struct err *err)
{
	if (open_library(objects, err))
		return -1;
	git_oid oid = to_git(id);
	git_odb_object *object;
	if (git2.odb_read(&object, objects->library, &oid))
		return fail(objects, err, "object");
	git_object_t kind = git2.odb_object_type(object);
	*type = (enum object_type)kind;
	str_add(out, git2.odb_object_data(object), git2.odb_object_size(object));
	git2.odb_object_free(object);
	return kind >= GIT_OBJECT_COMMIT && kind <= GIT_OBJECT_TAG ? 0 : err_set(err, "an object has an odd type");
}

void objects_believe_graph(struct objects *objects)
{
	objects->believes_graph = true;
}

int objects_know(struct objects *objects, const struct oid *commit, struct commit_facts *facts, struct err *err)
{
	*facts = (struct commit_facts){.parents = NULL};
	if (!objects->believes_graph)
		return 1;
	int result = open_graph(objects, err);
	if (!result)
		result = commit_graph_facts(objects->graph, commit, facts, err);
	enum odb_answer answer = result ? ODB_UNKNOWN : odb_find_commit(objects->odb, commit, err);
	if (answer == ODB_FOUND)
		return 0;
	objects->broken |= answer == ODB_FAILED || result < 0;
	free(facts->parents);
	facts->parents = NULL;
	return result < 0 || answer == ODB_FAILED ? -1 : 1;
}

/* git believes the commit-graph wherever it meets a commit. */
static int check_graph(struct objects *objects, const struct oid *id, const char *text, struct err *err)
{
	if (open_graph(objects, err))
		return -1;
	return commit_graph_agrees(objects->graph, id, text) ? 0 : err_set(err, "the commit-graph is wrong");
}

int objects_read(struct objects *objects, const struct oid *id, enum object_type *type, struct str *out, struct err *err)
{
	size_t start = out->len;
	enum odb_answer answer = odb_read(objects->odb, id, type, out, err);
	int failed = answer == ODB_UNKNOWN ? read_by_library(objects, id, type, out, err) : answer != ODB_FOUND;
	if (!failed && *type == OBJECT_COMMIT)
		failed = check_graph(objects, id, str_cstr(out) + start, err);
	objects->broken |= failed != 0;
	return failed ? -1 : 0;
}

/* Takes "NAME VALUE\n" off the front of a tag. */
static bool take_line(struct slice *text, const char *name, struct slice *value)
{
	size_t len = strlen(name);
	const char *end = text->len ? memchr(text->ptr, '\n', text->len) : NULL;
	if (!end || !slice_starts(*text, name) || (size_t)(end - text->ptr) <= len)
		return false;
	*value = slice_make(text->ptr + len, (size_t)(end - text->ptr) - len);
	*text = slice_make(end + 1, text->len - (size_t)(end + 1 - text->ptr));
	return true;
}

/* What a tag is of. git complains of types that do not exist. */
static bool parse_tag(struct slice text, struct oid *id, enum object_type *type)
{
	static const char *const types[] = {"commit", "tree", "blob", "tag"};
	struct slice object, kind, name;
	if (!take_line(&text, "object ", &object) || !take_line(&text, "type ", &kind) || !take_line(&text, "tag ", &name) ||
	    object.len != OID_HEX || !oid_parse(id, object.ptr))
		return false;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		*type = (enum object_type)(OBJECT_COMMIT + i);
		if (slice_is(kind, types[i]))
			return true;
	}
	return false;
}

int objects_peel_simply(struct objects *objects, const struct oid *id, struct oid *peeled, struct err *err)
{
	enum object_type type = OBJECT_TAG, said = OBJECT_TAG;
	struct str text = STR_INIT;
	int result = 0;
	*peeled = *id;
	for (int depth = 0; !result && type == OBJECT_TAG; depth++) {
		struct oid at = *peeled;
		str_clear(&text);
		result = depth == TAG_DEPTH ? 1 : objects_read(objects, &at, &type, &text, err);
		if (!result && depth && type != said)
			result = 1;
		if (!result && type == OBJECT_TAG)
			result = !parse_tag(str_slice(&text), peeled, &said);
	}
	str_release(&text);
	return result;
}

int objects_abbreviate(struct objects *objects, const struct oid *id, size_t *digits, struct err *err)
{
	enum odb_answer answer = odb_abbreviate(objects->odb, id, digits, err);
	objects->broken |= answer == ODB_FAILED;
	return answer == ODB_FOUND ? 0 : answer == ODB_UNKNOWN ? 1 : -1;
}

/* The head of a commit: its tree, and parents as git reads them. */
static bool has_plain_head(const struct str *text, struct oid *tree)
{
	struct slice rest = str_slice(text), value;
	struct oid parent;
	if (!take_line(&rest, "tree ", &value) || value.len != OID_HEX || !oid_parse(tree, value.ptr))
		return false;
	while (slice_starts(rest, "parent "))
		if (!take_line(&rest, "parent ", &value) || value.len != OID_HEX || !oid_parse(&parent, value.ptr))
			return false;
	return true;
}

int objects_tree_of(struct objects *objects, const struct oid *commit, struct oid *tree, struct err *err)
{
	struct str text = STR_INIT;
	enum object_type type;
	int failed = objects_read(objects, commit, &type, &text, err);
	if (!failed && (type != OBJECT_COMMIT || !has_plain_head(&text, tree)))
		failed = err_set(err, "a commit is odd");
	str_release(&text);
	return failed;
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

int objects_check_parents(struct objects *objects, const struct oid *commit, struct err *err)
{
	struct oid list[LONGEST_LOOK];
	struct str text = STR_INIT;
	enum object_type type;
	size_t count = 0;
	int failed = objects_read(objects, commit, &type, &text, err);
	if (!failed && (type != OBJECT_COMMIT || add_parents(list, &count, LONGEST_LOOK, str_cstr(&text))))
		failed = err_set(err, "a commit is odd");
	for (size_t i = 0; i < count && !failed; i++) {
		int have = objects_have_whole(objects, &list[i], err);
		failed = have > 0 ? 0 : have < 0 ? -1 : err_set(err, "a parent is missing");
	}
	str_release(&text);
	return failed;
}

enum answer { NO, YES, UNKNOWN };

/* Is it among the next few, or not below the tip at all, all that is read being simple? libgit2 is not needed then. */
static enum answer reach_soon(struct objects *objects, const struct oid *commit, const struct oid *tip, size_t most)
{
	struct oid list[LONGEST_LOOK] = {*tip};
	enum object_type type;
	struct str text = STR_INIT;
	struct err ignored = ERR_INIT;
	bool found = false, simple = true;
	for (size_t at = 0, count = 1; at < count && simple && !found; at++) {
		found = oid_equal(&list[at], commit);
		str_clear(&text);
		simple = found || (odb_read(objects->odb, &list[at], &type, &text, &ignored) == ODB_FOUND && type == OBJECT_COMMIT &&
				   !add_parents(list, &count, most, str_cstr(&text)));
	}
	err_release(&ignored);
	str_release(&text);
	return found ? YES : simple ? NO : UNKNOWN;
}

/* Is commit an ancestor of tip? By libgit2. */
static int reach_far(struct objects *objects, const struct oid *commit, const struct oid *tip, bool *reach, struct err *err)
{
	if (open_library(objects, err))
		return -1;
	git_oid wanted = to_git(commit), from = to_git(tip);
	int found = git2.graph_reachable_from_any(objects->repo, &wanted, &from, 1);
	*reach = found == 1;
	return found < 0 ? fail(objects, err, "history") : 0;
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
	if (ahead == UNKNOWN && behind != YES && reach_far(objects, theirs, ours, &reach, err))
		return -1;
	*relation = reach ? OBJECTS_AHEAD : OBJECTS_BEHIND;
	if (reach || behind == YES)
		return 0;
	if (behind == UNKNOWN && reach_far(objects, ours, theirs, &reach, err))
		return -1;
	*relation = reach ? OBJECTS_BEHIND : OBJECTS_APART;
	return 0;
}

int objects_distance(struct objects *objects, const struct oid *ours, const struct oid *theirs, size_t *ahead, size_t *behind,
		     struct err *err)
{
	*ahead = *behind = 0;
	if (oid_equal(ours, theirs))
		return 0;
	if (open_library(objects, err))
		return -1;
	git_oid local = to_git(ours), remote = to_git(theirs);
	return git2.graph_ahead_behind(ahead, behind, objects->repo, &local, &remote) ? fail(objects, err, "history") : 0;
}
