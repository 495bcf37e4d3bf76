/* See state.h. */
#include "git/state.h"

#include "base/file.h"
#include "base/path.h"
#include "git/environment.h"
#include "git/readable.h"
#include "git/shallow.h"
#include "git/stash.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Where history was cut off git looks at the commits themselves. */
static bool believes_graph(const struct state *state)
{
	const char *value = settings_last(&state->settings, "core.commitgraph");
	return !state->layout.shallow && (!value || settings_is_true(value));
}

int state_open(struct state *state, const struct native_request *request, enum policy_role role, struct err *err)
{
	struct layout *layout = &state->layout;
	if (environment_check(err) || layout_check(layout, request, err))
		return -1;
	if (layout->linked && layout_has(layout->git_dir, "refs"))
		return err_set(err, "its work tree has references of its own");
	if (layout->shallow && shallow_read(&state->cut, layout->common_dir, err))
		return -1;
	if (settings_read(&state->settings, layout->git_dir, layout->common_dir, layout->dir, role, err) ||
	    refs_read(&state->refs, layout->own_dir, layout->dir, err))
		return -1;
	state->objects = objects_open(layout->common_dir, layout->dir);
	if (believes_graph(state))
		objects_believe_graph(state->objects);
	return objects_check_refs(state->objects, &state->refs, false, err);
}

static int compare_change(const void *a, const void *b)
{
	return strcmp(((const struct state_change *)a)->path, ((const struct state_change *)b)->path);
}

static int compare_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The letters of a conflict, by which of the stages 1 to 3 there are. */
static void set_conflict(struct state_change *change, unsigned stages)
{
	static const char letters[8][3] = {"  ", "DD", "AU", "UD", "UA", "DU", "AA", "UU"};
	change->staged = letters[stages][0];
	change->changed = letters[stages][1];
}

static void gather_changes(struct state *state)
{
	const struct index_file *index = &state->index;
	const struct args *deleted = &state->staged.deleted;
	size_t cap = 0, i = 0;
	while (i < index->count) {
		struct state_change change = {index->entries[i].path, state->staged.changes[i], state->worktree.changes[i]};
		unsigned stages = 0;
		for (; i < index->count && index->entries[i].stage && !strcmp(index->entries[i].path, change.path); i++)
			stages |= 1u << (index->entries[i].stage - 1);
		if (stages)
			set_conflict(&change, stages);
		else
			i++;
		if (change.staged == ' ' && change.changed == ' ')
			continue;
		MEM_RESERVE(state->changes, cap, state->change_count + 1);
		state->changes[state->change_count++] = change;
	}
	MEM_RESERVE(state->changes, cap, state->change_count + deleted->len);
	for (i = 0; i < deleted->len; i++)
		state->changes[state->change_count++] = (struct state_change){deleted->list[i], 'D', ' '};
	if (deleted->len)
		qsort(state->changes, state->change_count, sizeof *state->changes, compare_change);
	state->untracked = state->worktree.untracked;
	state->worktree.untracked = (struct args)ARGS_INIT;
	if (state->untracked.len)
		qsort(state->untracked.list, state->untracked.len, sizeof *state->untracked.list, compare_text);
}

/* git looks for renames also between a deleted file and one that is only intended, or in conflict. */
static int check_renames(const struct state *state, struct err *err)
{
	bool intended = false, deleted = false;
	for (size_t i = 0; i < state->index.count; i++) {
		intended |= state->worktree.changes[i] == 'A' || state->index.entries[i].stage;
		deleted |= state->worktree.changes[i] == 'D';
	}
	return intended && deleted ? err_set(err, "a rename may be intended") : 0;
}

/* Who asks for threads gets an extension for them with the next index that is written. */
static bool adds_extension(const struct settings *settings)
{
	const char *threads = settings_last(settings, "index.threads");
	return threads && strcmp(threads, "1") != 0 && (!strcmp(threads, "0") || !settings_is_false(threads));
}

/* Where git would write the index, it would run a hook afterwards. */
static int check_rewrite(const struct state *state, struct err *err)
{
	if (!index_file_is_writable(&state->index))
		return err_set(err, "the index needs a refresh");
	if (adds_extension(&state->settings))
		return err_set(err, "index.threads is set and the index needs a refresh");
	char *hooks = settings_hooks(&state->settings, state->layout.common_dir, err);
	int failed = !hooks ? -1 : layout_has(hooks, "post-index-change") ? err_set(err, "it has the hook post-index-change") : 0;
	free(hooks);
	return failed;
}

/* git says who made a commit by the names that this file gives. */
static int check_mailmap(const struct state *state, struct err *err)
{
	if (state->worktree.is_seen && !state->worktree.has_mailmap)
		return 0;
	char *path = path_join(state->layout.top, ".mailmap");
	int failed = readable_check(AT_FDCWD, path, false, err);
	free(path);
	return failed;
}

/* What the last checkout that is in the reflog went to; NULL when there is none. For free(). */
static char *last_checkout(const char *reflog)
{
	static const char moved[] = "\tcheckout: moving from ";
	const char *last = NULL;
	for (const char *at = reflog; (at = strstr(at, moved)) != NULL; at++)
		last = at;
	const char *to = last ? strstr(last + sizeof moved - 1, " to ") : NULL;
	return to ? mem_dup(to + 4, strcspn(to + 4, "\n")) : NULL;
}

/* Would git take the name, such as FETCH_HEAD, for one of a commit in the git directory, or pass over it in silence? */
static bool is_plain_head(const char *git_dir, const char *name)
{
	struct err ignored = ERR_INIT;
	struct str text = STR_INIT;
	struct stat st;
	char *path = path_join(git_dir, name);
	bool plain = slice_ends(slice_of(name), "HEAD") && !lstat(path, &st) && S_ISREG(st.st_mode) && !file_read(path, &text, &ignored) &&
		     (!strcmp(name, "HEAD") || !slice_starts(str_slice(&text), "ref:"));
	free(path);
	str_release(&text);
	err_release(&ignored);
	return plain;
}

/* With a detached HEAD git looks for what was checked out, and warns of a file of that name that is no reference. */
static int check_detached(const struct state *state, struct err *err)
{
	if (state->refs.head)
		return 0;
	const struct layout *layout = &state->layout;
	struct err ignored = ERR_INIT;
	struct str text = STR_INIT;
	char *path = path_join(layout->git_dir, "logs/HEAD");
	char *name = file_read(path, &text, &ignored) ? NULL : last_checkout(str_cstr(&text));
	int failed = 0;
	if (slice_has_nul(str_slice(&text)))
		failed = err_set(err, "logs/HEAD is odd");
	else if (name && *name && (layout_has(layout->git_dir, name) || layout_has(layout->common_dir, name)) &&
		 !is_plain_head(layout->git_dir, name))
		failed = err_set(err, "HEAD was detached to what has the name of a file");
	free(name);
	free(path);
	str_release(&text);
	err_release(&ignored);
	return failed;
}

static int compute_changes(struct state *state, const struct native_request *request, struct err *err)
{
	const struct oid *head = state->refs.unborn ? NULL : &state->refs.head_id;
	struct worktree *worktree = &state->worktree;
	const struct worktree_place place = {
	    .top = state->layout.top,
	    .common_dir = state->layout.common_dir,
	    .settings = &state->settings,
	    .index = &state->index,
	    .others = request->others,
	    .threads = request->threads ? request->threads : 1,
	};
	int failed = readable_check(state->layout.own_dir, "sequencer/todo", true, err) ||
		     readable_check_excludes(state->layout.dir, state->settings.excludes_file, err) || check_detached(state, err) ||
		     index_file_read(&state->index, state->layout.own_dir, "index", err) || worktree_scan(worktree, &place, err) ||
		     worktree_check_links(worktree, &state->index, state->objects, err) ||
		     staged_compare(&state->staged, &state->index, state->objects, head, err) || check_renames(state, err);
	if (!failed && worktree->rewrite)
		failed = check_rewrite(state, err);
	if (!failed && worktree->rewrite) {
		char *path = path_join(state->layout.git_dir, "index");
		failed = index_file_write(&state->index, path, worktree->patches, worktree->patch_count, err);
		free(path);
	}
	if (!failed)
		gather_changes(state);
	return failed ? -1 : 0;
}

static int compute_log(struct state *state, struct err *err)
{
	const char *abbrev = settings_last(&state->settings, "core.abbrev");
	if (state->layout.shallow && !unpushed_is_none(&state->refs))
		return err_set(err, "its git directory has shallow");
	if (abbrev && strcmp(abbrev, "auto") != 0)
		state->unpushed.digits = !strcmp(abbrev, "no") ? OID_HEX : strtoul(abbrev, NULL, 10);
	if (check_mailmap(state, err))
		return -1;
	return unpushed_find(&state->unpushed, &state->refs, &state->cut, state->objects, err);
}

int state_compute(struct state *state, enum state_part part, const struct native_request *request, struct err *err)
{
	switch (part) {
	case STATE_CHANGES:
		return compute_changes(state, request, err);
	case STATE_LOG:
		return compute_log(state, err);
	case STATE_STANDING:
		return standing_find(&state->standing, &state->layout, &state->refs, state->objects, err);
	case STATE_UPSTREAM:
		if (state->layout.shallow)
			return err_set(err, "its git directory has shallow");
		return standing_find_upstream(&state->upstream, &state->refs, &state->settings, state->objects, err);
	default:
		if (refs_find(&state->refs, "refs/stash") && check_mailmap(state, err))
			return -1;
		return stash_list(&state->stashes, state->layout.common_dir, &state->refs, state->objects, err);
	}
}

void state_release(struct state *state)
{
	free(state->changes);
	free(state->cut.list);
	args_release(&state->untracked);
	args_release(&state->stashes);
	unpushed_release(&state->unpushed);
	standing_release(&state->standing);
	standing_release_upstream(&state->upstream);
	staged_release(&state->staged);
	worktree_release(&state->worktree);
	objects_close(state->objects);
	refs_release(&state->refs);
	index_file_release(&state->index);
	settings_release(&state->settings);
	layout_release(&state->layout);
}
