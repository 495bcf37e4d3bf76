/* See unpushed.h. */
#include "git/unpushed.h"

#include "git/history.h"
#include "git/tree.h"

#include <stdlib.h>
#include <string.h>

enum { TREE_DEPTH = 2048 };

/* The commits that references below prefix name, each once, but for those in except. */
static struct history_tips find_tips(const struct refs *refs, const char *prefix, const struct history_tips *except)
{
	size_t count;
	const struct ref *ref = refs_under(refs, prefix, &count);
	struct history_tips tips = {mem_calloc(count, sizeof *tips.list), 0};
	for (size_t i = 0; i < count; i++)
		if (!history_tips_have(&tips, &ref[i].id) && !(except && history_tips_have(except, &ref[i].id)))
			tips.list[tips.count++] = ref[i].id;
	return tips;
}

static bool is_unpushed(const struct history_commit *commit)
{
	return commit->local && !commit->remote;
}

/* The only unpushed child of a commit; *forks when there are more. */
static struct history_commit *child_of(const struct history *history, const struct history_commit *commit, bool *forks)
{
	struct history_commit *child = NULL;
	for (size_t i = 0; i < history->count; i++) {
		struct history_commit *other = history->list[i];
		if (!is_unpushed(other) || !other->parent_count || !oid_equal(&other->parents[0], &commit->id))
			continue;
		*forks |= child != NULL;
		child = other;
	}
	return child;
}

/* Only chains, each with an end of its own date, are in an order that is plain to see. */
static int check_shape(const struct history *history, struct err *err)
{
	for (size_t i = 0; i < history->count; i++) {
		const struct history_commit *commit = history->list[i];
		bool forks = false;
		if (!is_unpushed(commit))
			continue;
		const struct history_commit *child = child_of(history, commit, &forks);
		if (commit->parent_count > 1 || forks)
			return err_set(err, "unpushed commits fork or merge");
		for (size_t j = 0; j < i && !child; j++)
			if (is_unpushed(history->list[j]) && history->list[j]->date == commit->date &&
			    !child_of(history, history->list[j], &forks))
				return err_set(err, "unpushed branches have the same date");
	}
	return 0;
}

/* A reference and the commit that it names, perhaps by way of an annotated tag. */
struct label {
	const struct ref *ref;
	struct oid commit;
};

/* Does the walk read what the reference names? */
static bool is_walked(const struct ref *ref)
{
	return !strncmp(ref->name, "refs/heads/", 11) || !strncmp(ref->name, "refs/remotes/", 13);
}

/* Finds out for all references, with a look at all that they name, as git has for --decorate. */
static int find_labels(struct label *labels, const struct refs *refs, struct objects *objects, struct err *err)
{
	for (size_t i = 0; i < refs->count; i++) {
		const struct ref *ref = &refs->list[i];
		labels[i] = (struct label){ref, ref->id};
		int result = is_walked(ref) ? 0 : objects_peel_simply(objects, &ref->id, &labels[i].commit, err);
		if (result)
			return result < 0 ? -1 : err_set(err, "%s is not simple", ref->name);
	}
	return 0;
}

/* Adds a name as `--decorate` shows it. git's versions show different other references. */
static int add_name(struct unpushed_commit *to, const struct refs *refs, const struct ref *ref, struct err *err)
{
	if (!strncmp(ref->name, "refs/heads/", 11)) {
		if (!refs->head || strcmp(refs->head, ref->name) != 0)
			args_push(&to->names, ref->name + 11);
		return 0;
	}
	if (strncmp(ref->name, "refs/tags/", 10) != 0)
		return err_set(err, "%s names an unpushed commit", ref->name);
	args_take(&to->names, mem_format("tag: %s", ref->name + 10));
	return 0;
}

/* HEAD comes first, then the references from the last to the first. */
static int find_names(struct unpushed_commit *to, const struct refs *refs, const struct label *labels, struct err *err)
{
	const char *branch = refs->head ? refs->head + strlen("refs/heads/") : "";
	if (!refs->unborn && oid_equal(&refs->head_id, &to->id))
		args_take(&to->names, mem_format("HEAD%s%s", refs->head ? " -> " : "", branch));
	for (size_t i = refs->count; i-- > 0;)
		if (oid_equal(&labels[i].commit, &to->id) && add_name(to, refs, labels[i].ref, err))
			return -1;
	return 0;
}

/* Has a tree any file? 1, 0, -1. git looks for the first one, too. */
static int has_file(struct objects *objects, const struct oid *tree, int depth, struct err *err)
{
	struct str text = STR_INIT;
	enum object_type type;
	struct tree_entry entry;
	int result = depth == TREE_DEPTH ? err_set(err, "a tree is too deep") : objects_read(objects, tree, &type, &text, err);
	if (!result && type != OBJECT_TREE)
		result = err_set(err, "a tree is odd");
	for (struct slice rest = str_slice(&text); !result && rest.len;) {
		if (!tree_take(&rest, &entry))
			result = err_set(err, "a tree is odd");
		else
			result = entry.mode == MODE_TREE ? has_file(objects, &entry.id, depth + 1, err) : 1;
	}
	str_release(&text);
	return result;
}

/* What is shown: what a reference names; of first commits those that have something in them, named or not. 1, 0, -1. */
static int is_shown(const struct history_commit *commit, const struct unpushed_commit *found, struct objects *objects, struct err *err)
{
	return commit->parent_count ? found->names.len > 0 : has_file(objects, &commit->tree, 0, err);
}

static int add_commit(struct unpushed *unpushed, const struct history_commit *commit, const struct refs *refs,
		      const struct label *labels, struct objects *objects, struct err *err)
{
	struct unpushed_commit *to = &unpushed->list[unpushed->count++];
	to->id = commit->id;
	if (find_names(to, refs, labels, err))
		return -1;
	int shown = is_shown(commit, to, objects, err);
	if (shown <= 0) {
		args_release(&to->names);
		unpushed->count--;
		return shown;
	}
	to->digits = unpushed->digits;
	int result = objects_abbreviate(objects, &to->id, &to->digits, err);
	if (result)
		return result < 0 ? -1 : err_set(err, "how long abbreviated names are is not simple");
	to->subject = history_subject(commit->message);
	return 0;
}

/* The end of the chain with the newest end of those that are left. */
static struct history_commit *next_end(const struct history *history)
{
	struct history_commit *best = NULL;
	bool forks = false;
	for (size_t i = 0; i < history->count; i++) {
		struct history_commit *commit = history->list[i];
		if (is_unpushed(commit) && (!best || commit->date > best->date) && !child_of(history, commit, &forks))
			best = commit;
	}
	return best;
}

/* Chain by chain. What was listed counts as pushed from then on. */
static int list_chains(struct unpushed *unpushed, const struct history *history, const struct refs *refs, const struct label *labels,
		       struct objects *objects, struct err *err)
{
	struct history_commit *end = next_end(history);
	int failed = 0;
	unpushed->list = mem_calloc(history->count, sizeof *unpushed->list);
	for (; end && !failed; end = next_end(history)) {
		for (struct history_commit *at = end; at && is_unpushed(at) && !failed;) {
			failed = add_commit(unpushed, at, refs, labels, objects, err);
			at->remote = true;
			at = at->parent_count ? history_find(history, &at->parents[0]) : NULL;
		}
	}
	return failed;
}

bool unpushed_is_none(const struct refs *refs)
{
	struct history_tips remote = find_tips(refs, "refs/remotes/", NULL);
	struct history_tips local = find_tips(refs, "refs/heads/", &remote);
	bool none = !local.count;
	free(remote.list);
	free(local.list);
	return none;
}

/* Reads them, as git does before it looks further, and complains of those that are odd. */
static int read_tips(const struct history_tips *tips, struct objects *objects, struct err *err)
{
	int result = 0;
	for (size_t i = 0; i < tips->count && !result; i++) {
		struct history_commit commit = {.id = tips->list[i]};
		result = history_read(&commit, objects, err);
		free(commit.parents);
		free(commit.message);
	}
	return result > 0 ? err_set(err, "a commit is not simple") : result;
}

/* local: the tips that no remote has; there may be none, and git then still looks at the others. */
static int find(struct unpushed *unpushed, const struct refs *refs, const struct history_tips *local, const struct history_tips *remote,
		const struct history_tips *cut, struct objects *objects, struct err *err)
{
	struct label *labels = mem_calloc(refs->count, sizeof *labels);
	struct history history = {0};
	int failed = find_labels(labels, refs, objects, err);
	if (!failed)
		failed = history_walk(&history, objects, cut, local, remote, err);
	/* Where dates are wrong git shows pushed commits, too: that they are pushed would not say enough. */
	if (failed > 0 && local->count)
		failed = err_set(err, "there is much history to look through, or it is not simple");
	else if (failed > 0)
		failed = read_tips(remote, objects, err);
	else if (!failed)
		failed = check_shape(&history, err) || list_chains(unpushed, &history, refs, labels, objects, err);
	history_release(&history);
	free(labels);
	return failed;
}

int unpushed_find(struct unpushed *unpushed, const struct refs *refs, const struct history_tips *cut, struct objects *objects,
		  struct err *err)
{
	struct history_tips remote = find_tips(refs, "refs/remotes/", NULL);
	struct history_tips local = find_tips(refs, "refs/heads/", &remote);
	int failed = find(unpushed, refs, &local, &remote, cut, objects, err);
	free(remote.list);
	free(local.list);
	return failed ? -1 : 0;
}

void unpushed_release(struct unpushed *unpushed)
{
	for (size_t i = 0; unpushed->list && i < unpushed->count; i++) {
		args_release(&unpushed->list[i].names);
		free(unpushed->list[i].subject);
	}
	free(unpushed->list);
	*unpushed = (struct unpushed){0};
}
