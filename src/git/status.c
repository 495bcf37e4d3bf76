/* See status.h.
 *
 * The log is empty when every branch is contained in a remote-tracking one; any other log is git's. The index is never
 * written: where `git status` would do so, worktree_scan() declines. */
#include "git/status.h"

#include "git/environment.h"
#include "git/index_file.h"
#include "git/layout.h"
#include "git/objects.h"
#include "git/refs.h"
#include "git/settings.h"
#include "git/show.h"
#include "git/staged.h"
#include "git/stash.h"
#include "git/worktree.h"

#include <stdlib.h>
#include <string.h>

/* Everything that is read of the repository. */
struct status {
	const struct native_request *request;
	struct layout layout;
	struct settings settings;
	struct index_file index;
	struct refs refs;
	struct objects *objects;
	struct worktree worktree;
	struct staged staged;
};

/* A line to show. */
struct change {
	const char *path;
	char staged;
	char changed;
};

/* As git decides without a color.* setting. */
static bool wants_colours(const struct native_request *request)
{
	const char *term = getenv("TERM");
	return request->out_is_terminal && term && strcmp(term, "dumb") != 0;
}

static int check_layout(struct status *status, struct err *err)
{
	if (layout_check(&status->layout, status->request, err))
		return -1;
	if (status->layout.linked)
		return err_set(err, "it is a linked work tree");
	return status->layout.shallow ? err_set(err, "its git directory has shallow") : 0;
}

static int read_all(struct status *status, struct err *err)
{
	const struct native_request *request = status->request;
	enum policy_role role = wants_colours(request) ? POLICY_TERMINAL : POLICY_STATUS;
	char *index = NULL;
	int failed = environment_check(NATIVE_STATUS, err) || check_layout(status, err) ||
		     settings_read(&status->settings, status->layout.git_dir, role, err);
	if (!failed) {
		index = mem_format("%s/index", status->layout.git_dir);
		failed = index_file_read(&status->index, index, err) ||
			 refs_read(&status->refs, status->layout.git_dir, err);
		status->objects = objects_open(status->layout.git_dir);
	}
	free(index);
	return failed ? -1 : 0;
}

static int check_object(struct status *status, const struct ref *ref, struct err *err)
{
	int have = objects_have(status->objects, &ref->id, err);
	return have ? (have < 0 ? -1 : 0) : err_set(err, "%s has no object", ref->name);
}

/* git speaks of every reference without an object, and replaces objects by rules of refs/replace. */
static int check_refs(struct status *status, struct err *err)
{
	size_t count;
	refs_under(&status->refs, "refs/replace/", &count);
	if (count)
		return err_set(err, "objects are replaced");
	for (size_t i = 0; i < status->refs.count; i++)
		if (check_object(status, &status->refs.list[i], err))
			return -1;
	return 0;
}

static int check_log(struct status *status, struct err *err)
{
	size_t branches, tracking;
	const struct ref *branch = refs_under(&status->refs, "refs/heads/", &branches);
	const struct ref *remote = refs_under(&status->refs, "refs/remotes/", &tracking);
	struct oid *tips = mem_calloc(tracking, sizeof *tips);
	for (size_t i = 0; i < tracking; i++)
		tips[i] = remote[i].id;
	int failed = 0;
	for (size_t i = 0; i < branches && !failed; i++) {
		bool pushed;
		failed = objects_reach(status->objects, &branch[i].id, tips, tracking, &pushed, err);
		if (!failed && !pushed)
			failed = err_set(err, "%s is not pushed", branch[i].name + strlen("refs/heads/"));
	}
	free(tips);
	return failed;
}

static int compare_change(const void *a, const void *b)
{
	return strcmp(((const struct change *)a)->path, ((const struct change *)b)->path);
}

static int compare_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void show_changes(const struct status *status, const struct show *show, struct str *out)
{
	const struct args *deleted = &status->staged.deleted;
	struct change *changes = mem_calloc(status->index.count + deleted->len, sizeof *changes);
	size_t count = 0;
	for (size_t i = 0; i < status->index.count; i++) {
		struct change change = {status->index.entries[i].path, status->staged.changes[i],
					status->worktree.changes[i]};
		if (change.staged != ' ' || change.changed != ' ')
			changes[count++] = change;
	}
	for (size_t i = 0; i < deleted->len; i++)
		changes[count++] = (struct change){deleted->list[i], 'D', ' '};
	if (count)
		qsort(changes, count, sizeof *changes, compare_change);
	for (size_t i = 0; i < count; i++)
		show_tracked(show, out, changes[i].staged, changes[i].changed, changes[i].path);
	free(changes);
}

static void show_status(struct status *status, struct str *out)
{
	struct args *untracked = &status->worktree.untracked;
	struct show show = {status->settings.relative_paths ? status->layout.prefix : "", status->settings.quote_path,
			    wants_colours(status->request)};
	show_changes(status, &show, out);
	if (untracked->len)
		qsort(untracked->list, untracked->len, sizeof *untracked->list, compare_text);
	for (size_t i = 0; i < untracked->len; i++)
		show_untracked(&show, out, untracked->list[i]);
}

static int answer(struct status *status, struct str *out, struct err *err)
{
	const struct oid *head = status->refs.unborn ? NULL : &status->refs.head_id;
	if (check_refs(status, err) || check_log(status, err) ||
	    worktree_scan(&status->worktree, status->layout.top, &status->settings, &status->index, err) ||
	    staged_compare(&status->staged, &status->index, status->objects, head, err))
		return -1;
	show_status(status, out);
	return stash_list(out, status->layout.git_dir, &status->refs, status->objects, err);
}

int status_native(const struct native_request *request, struct str *out, struct err *err)
{
	struct status status = {.request = request, .index = INDEX_FILE_INIT, .refs = REFS_INIT};
	int failed = read_all(&status, err) || answer(&status, out, err);
	staged_release(&status.staged);
	worktree_release(&status.worktree);
	objects_close(status.objects);
	refs_release(&status.refs);
	index_file_release(&status.index);
	settings_release(&status.settings);
	layout_release(&status.layout);
	return failed ? -1 : 0;
}
