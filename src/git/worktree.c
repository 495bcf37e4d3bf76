/* See worktree.h. One walk through the directories that hold tracked files, names against sorted entries. A directory with many entries
 * below it is split over the threads. */
#include "git/worktree_private.h"

#include "base/path.h"
#include "git/content.h"
#include "git/readable.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* From how many entries on a directory is split, and into parts of how many. */
enum { SPLIT_FROM = 4096, PART = 1024 };

int scan_fail(struct scan *scan, const char *name)
{
	return err_sys(scan->err, errno, "%s%s", str_cstr(&scan->path), name);
}

void scan_enter(struct scan *scan, const struct listing *listing)
{
	MEM_RESERVE(scan->levels, scan->level_cap, scan->depth + 1);
	scan->levels[scan->depth++] = (struct level){.path_len = scan->path.len, .has_ignore_file = listing->has_ignore_file};
}

void scan_leave(struct scan *scan)
{
	if (scan->levels[--scan->depth].loaded)
		ignores_pop(scan->ignores);
}

/* Adds what is to be written to the index; st NULL: the entry is to be smudged. */
static void add_patch(struct scan *scan, size_t at, const struct stat *st)
{
	struct worktree *found = scan->found;
	MEM_RESERVE(found->patches, found->patch_cap, found->patch_count + 1);
	struct index_patch *patch = &found->patches[found->patch_count++];
	*patch = (struct index_patch){.entry = at, .smudge = !st};
	if (st)
		patch->st = *st;
	found->rewrite = true;
}

/* Compares a file with its entry. */
static int compare_file(struct scan *scan, const struct listing *listing, const char *text, size_t at, const struct stat *st)
{
	const struct index_entry *entry = &scan->place->index->entries[at];
	struct content content = {&scan->attributes, scan->place->settings, scan->place->index->written, listing->fd, text, false};
	struct worktree *found = scan->found;
	enum content_answer answer = content_check(&content, entry, st, scan->err);
	char *change = &found->changes[at];
	if (content.read && entry->mode == MODE_LINK) {
		MEM_RESERVE(found->links, found->link_cap, found->link_count + 1);
		found->links[found->link_count++] = at;
	}
	*change = answer == CONTENT_TYPE ? 'T' : answer == CONTENT_MODIFIED || answer == CONTENT_SMUDGE ? 'M' : ' ';
	if (answer == CONTENT_REFRESH || answer == CONTENT_SMUDGE)
		add_patch(scan, at, answer == CONTENT_REFRESH ? st : NULL);
	return answer == CONTENT_FAILED ? -1 : 0;
}

/* git reads every .gitignore, and complains of one that it cannot read. */
static int check_ignore_file(struct scan *scan, const struct listing *listing, const char *text, const struct stat *st)
{
	if (strcmp(text, ".gitignore") || (S_ISREG(st->st_mode) && readable_is(listing->fd, text, st)))
		return 0;
	return err_set(scan->err, "%s.gitignore is not plain", str_cstr(&scan->path));
}

/* A directory took the file's place: it counts as deleted, unless it is a repository. git looks into it, to say nothing but complaints. */
static int check_directory(struct scan *scan, const struct listing *listing, struct name *name, size_t at)
{
	const struct index_entry *entry = &scan->place->index->entries[at];
	char *git = mem_format("%s/.git", name->text);
	bool nested = !faccessat(listing->fd, git, F_OK, AT_SYMLINK_NOFOLLOW);
	free(git);
	if (nested)
		return err_set(scan->err, "%s is a repository now", entry->path);
	if (entry->stage || entry->flags)
		return err_set(scan->err, "%s is a directory now", entry->path);
	name->silent = true;
	return 0;
}

/* What an entry says whose file is not there: of a conflict our side is as good as deleted, for git looks for where it went. */
static char missing_change(const struct index_entry *entry)
{
	return entry->flags & INDEX_ASSUMED || (entry->stage && entry->stage != 2) ? ' ' : 'D';
}

/* git does not take a file for missing when lstat() fails otherwise: a link on the way to it leads round, or nowhere that it may look. */
static int check_missing(struct scan *scan, const struct index_entry *entry)
{
	struct stat st;
	if (entry->flags & INDEX_ASSUMED || !fstatat(scan->top, entry->path, &st, AT_SYMLINK_NOFOLLOW))
		return 0;
	if (errno == ENOENT || errno == ENOTDIR)
		return 0;
	return err_sys(scan->err, errno, "%.200s", entry->path);
}

/* A tracked file: is it there, and as it was? */
static int check_file(struct scan *scan, const struct listing *listing, size_t at, size_t *hint)
{
	const struct index_entry *entry = &scan->place->index->entries[at];
	const char *text = entry->path + scan->path.len;
	char *change = &scan->found->changes[at];
	struct name *name = listing_find(listing, text, entry->path_len - scan->path.len, hint);
	bool again = at && entry->stage && !strcmp(entry[-1].path, entry->path); /* the next stage of a conflict */
	struct stat st;
	*change = name && entry->stage ? ' ' : missing_change(entry);
	if (entry->path_len >= PATH_MAX)
		return err_set(scan->err, "a path is too long");
	if (!name)
		return check_missing(scan, entry);
	if (again)
		return 0;
	if (name->tracked)
		return err_set(scan->err, "the index has %s as a file and as a directory", entry->path);
	name->tracked = true;
	if (fstatat(listing->fd, text, &st, AT_SYMLINK_NOFOLLOW))
		return scan_fail(scan, text);
	if (check_ignore_file(scan, listing, text, &st))
		return -1;
	name->kind = S_ISDIR(st.st_mode) ? KIND_DIRECTORY : S_ISREG(st.st_mode) ? KIND_FILE : S_ISLNK(st.st_mode) ? KIND_LINK : KIND_OTHER;
	if (name->kind == KIND_DIRECTORY)
		return check_directory(scan, listing, name, at);
	if (name->kind == KIND_OTHER)
		return err_set(scan->err, "%s is neither a file nor a link now", entry->path);
	if (entry->flags & INDEX_ASSUMED && content_is_racy(entry, scan->place->index->written))
		return err_set(scan->err, "%s is assumed to be unchanged and as young as the index", entry->path);
	if (entry->flags & INDEX_INTENDED)
		*change = 'A';
	return entry->flags || entry->stage ? 0 : compare_file(scan, listing, text, at, &st);
}

static int mark_missing(struct scan *scan, size_t low, size_t high)
{
	const struct index_entry *entries = scan->place->index->entries;
	for (size_t i = low; i < high; i++) {
		scan->found->changes[i] = missing_change(&entries[i]);
		if (check_missing(scan, &entries[i]))
			return -1;
	}
	return 0;
}

static int scan_dir(struct scan *scan, int parent, const char *name, size_t low, size_t high);

/* The entries from low to high lie below one directory of this one, whose name is len bytes long. */
static int check_subdir(struct scan *scan, const struct listing *listing, size_t low, size_t high, size_t len, size_t *hint)
{
	const char *text = scan->place->index->entries[low].path + scan->path.len;
	struct name *name = listing_find(listing, text, len, hint);
	if (name && scan_learn_kind(scan, listing, name))
		return -1;
	if (name && name->tracked)
		return err_set(scan->err, "the index has %s as a file and as a directory", name->text);
	if (!name || name->kind != KIND_DIRECTORY)
		return mark_missing(scan, low, high);
	name->tracked = true;
	size_t path_len = scan->path.len;
	str_adds(&scan->path, name->text);
	str_addc(&scan->path, '/');
	int failed = scan_dir(scan, listing->fd, name->text, low, high);
	str_truncate(&scan->path, path_len);
	return failed;
}

/* Where the entries end that lie below the same directory of this one as the entry at low, or are that entry; *len becomes the length of
 * the name in this directory, *below whether it is a directory. */
static size_t end_of_child(const struct scan *scan, size_t low, size_t high, size_t *len, bool *below)
{
	const struct index_entry *entries = scan->place->index->entries;
	size_t prefix = scan->path.len, end = low + 1, step = 1;
	const char *text = entries[low].path + prefix;
	const char *slash = memchr(text, '/', entries[low].path_len - prefix);
	*below = slash != NULL;
	*len = slash ? (size_t)(slash - text) : entries[low].path_len - prefix;
	if (!slash)
		return end;
	/* Those that begin alike lie together: first in growing steps, then back in shrinking ones. */
	for (; end + step <= high && !strncmp(entries[end + step - 1].path + prefix, text, *len + 1); step *= 2)
		end += step;
	for (; step; step /= 2)
		if (end + step <= high && !strncmp(entries[end + step - 1].path + prefix, text, *len + 1))
			end += step;
	return end;
}

static int check_tracked(struct scan *scan, const struct listing *listing, size_t low, size_t high)
{
	size_t hint = 0, len;
	bool below;
	for (size_t i = low, end; i < high; i = end) {
		end = end_of_child(scan, i, high, &len, &below);
		if (below ? check_subdir(scan, listing, i, end, len, &hint) : check_file(scan, listing, i, &hint))
			return -1;
	}
	return 0;
}

/* Parts of a directory for the threads to take. */
struct parts {
	struct part {
		size_t low, high;
	} *list;
	size_t count;
	size_t cap;
	atomic_size_t next;
	const struct listing *listing;
};

/* A thread and what it finds. */
struct helper {
	pthread_t thread;
	bool started;
	struct parts *parts;
	struct scan scan;
	struct worktree found;
	struct err err;
	int failed;
};

static void *help(void *context)
{
	struct helper *helper = context;
	struct parts *parts = helper->parts;
	for (size_t i; !helper->failed && (i = atomic_fetch_add(&parts->next, 1)) < parts->count;)
		helper->failed = check_tracked(&helper->scan, parts->listing, parts->list[i].low, parts->list[i].high);
	return NULL;
}

static void scan_release(struct scan *scan)
{
	ignores_free(scan->ignores);
	attributes_release(&scan->attributes);
	str_release(&scan->path);
	free(scan->levels);
}

/* A walk of its own that goes on from where scan is. */
static void branch_off(struct helper *helper, const struct scan *scan, struct parts *parts)
{
	*helper = (struct helper){.parts = parts, .scan = *scan, .found = {.changes = scan->found->changes}};
	struct scan *own = &helper->scan;
	own->found = &helper->found;
	own->path = (struct str)STR_INIT;
	str_add_slice(&own->path, str_slice(&scan->path));
	own->levels = NULL;
	own->level_cap = 0;
	MEM_RESERVE(own->levels, own->level_cap, scan->depth);
	for (size_t i = 0; i < scan->depth; i++)
		own->levels[i] = (struct level){.path_len = scan->levels[i].path_len, .has_ignore_file = scan->levels[i].has_ignore_file};
	own->ignores = ignores_new();
	own->loaded_outside = false;
	own->attributes.dir = (struct str)STR_INIT;
	own->attributes.looked = false;
	own->threads = 1;
	own->err = &helper->err;
}

static int bring_together(struct scan *scan, struct helper *helper)
{
	struct worktree *found = scan->found, *more = &helper->found;
	int failed = helper->failed;
	if (failed && !err_is_set(scan->err))
		err_set(scan->err, "%s", err_text(&helper->err));
	for (size_t i = 0; i < more->untracked.len; i++)
		args_push(&found->untracked, more->untracked.list[i]);
	MEM_RESERVE(found->patches, found->patch_cap, found->patch_count + more->patch_count);
	if (more->patch_count)
		memcpy(found->patches + found->patch_count, more->patches, more->patch_count * sizeof *more->patches);
	found->patch_count += more->patch_count;
	MEM_RESERVE(found->links, found->link_cap, found->link_count + more->link_count);
	if (more->link_count)
		memcpy(found->links + found->link_count, more->links, more->link_count * sizeof *more->links);
	found->link_count += more->link_count;
	found->rewrite |= more->rewrite;
	more->changes = NULL;
	worktree_release(more);
	scan_release(&helper->scan);
	err_release(&helper->err);
	return failed;
}

static int run_parts(struct scan *scan, struct parts *parts)
{
	struct helper *helpers = mem_calloc(scan->threads, sizeof *helpers);
	int failed = 0;
	for (unsigned i = 0; i < scan->threads; i++) {
		branch_off(&helpers[i], scan, parts);
		helpers[i].started = i && !pthread_create(&helpers[i].thread, NULL, help, &helpers[i]);
	}
	help(&helpers[0]);
	for (unsigned i = 0; i < scan->threads; i++) {
		if (helpers[i].started)
			pthread_join(helpers[i].thread, NULL);
		failed |= bring_together(scan, &helpers[i]);
	}
	free(helpers);
	return failed;
}

/* As check_tracked(); what has many entries itself is split in its turn. */
static int check_split(struct scan *scan, const struct listing *listing, size_t low, size_t high)
{
	struct parts parts = {.listing = listing};
	size_t hint = 0, len;
	bool below;
	int failed = 0;
	atomic_init(&parts.next, 0);
	for (size_t i = low, end; i < high && !failed; i = end) {
		end = end_of_child(scan, i, high, &len, &below);
		if (below && end - i >= SPLIT_FROM) {
			failed = check_subdir(scan, listing, i, end, len, &hint);
			continue;
		}
		struct part *last = parts.count ? &parts.list[parts.count - 1] : NULL;
		if (last && last->high == i && last->high - last->low < PART) {
			last->high = end;
			continue;
		}
		MEM_RESERVE(parts.list, parts.cap, parts.count + 1);
		parts.list[parts.count++] = (struct part){i, end};
	}
	if (!failed)
		failed = run_parts(scan, &parts);
	free(parts.list);
	return failed;
}

/* Has the top a name that makes it another system's, too? */
static int check_top(struct scan *scan, const struct listing *top)
{
	struct slice others = scan->place->others;
	static const char mailmap[] = ".mailmap";
	size_t hint = 0;
	scan->found->has_mailmap = listing_find(top, mailmap, sizeof mailmap - 1, &hint);
	scan->found->is_seen = true;
	for (size_t at = 0; at < others.len; at += strlen(others.ptr + at) + 1)
		if (listing_find(top, others.ptr + at, strlen(others.ptr + at), &hint))
			return err_set(scan->err, "it has %s", others.ptr + at);
	scan->found->sole = others.len > 0;
	return 0;
}

/* Looks at the directory that scan->path names: the entries from low to high lie below it. */
static int scan_dir(struct scan *scan, int parent, const char *name, size_t low, size_t high)
{
	struct listing listing = LISTING_INIT;
	int failed;
	if (scan->path.len >= LONGEST_DIR) {
		failed = err_set(scan->err, "a directory is too deep");
	} else if (listing_open(&listing, parent, name, true)) {
		failed = scan_fail(scan, "");
	} else if (listing.has_git && scan->path.len) {
		failed = err_set(scan->err, "%s has a repository of its own", str_cstr(&scan->path));
	} else if (!scan->depth && check_top(scan, &listing)) {
		failed = -1;
	} else {
		if (!scan->depth)
			scan->top = listing.fd;
		bool split = scan->threads > 1 && high - low >= SPLIT_FROM;
		scan_enter(scan, &listing);
		failed = split ? check_split(scan, &listing, low, high) : check_tracked(scan, &listing, low, high);
		if (!failed)
			failed = scan_untracked(scan, &listing);
		scan_leave(scan);
	}
	listing_close(&listing);
	return failed;
}

/* git also writes the index anew while it has racy entries, so that they are not compared for ever. */
static bool has_racy(const struct index_file *index)
{
	for (size_t i = 0; i < index->count; i++)
		if (content_is_racy(&index->entries[i], index->written))
			return true;
	return false;
}

int worktree_scan(struct worktree *worktree, const struct worktree_place *place, struct err *err)
{
	struct scan scan = {.place = place, .found = worktree, .path = STR_INIT, .threads = place->threads, .err = err};
	scan.attributes = (struct attributes){
	    .top = place->top, .git_dir = place->common_dir, .settings = place->settings, .index = place->index, .dir = STR_INIT};
	worktree->changes = mem_calloc(place->index->count + 1, 1);
	worktree->rewrite = has_racy(place->index);
	scan.ignores = ignores_new();
	int failed = scan_dir(&scan, AT_FDCWD, place->top, 0, place->index->count);
	scan_release(&scan);
	return failed ? -1 : 0;
}

int worktree_check_links(const struct worktree *worktree, const struct index_file *index, struct objects *objects, struct err *err)
{
	struct str text = STR_INIT;
	int failed = 0;
	for (size_t i = 0; i < worktree->link_count && !failed; i++) {
		enum object_type type;
		str_clear(&text);
		failed = objects_read(objects, &index->entries[worktree->links[i]].id, &type, &text, err);
		if (!failed && type != OBJECT_BLOB)
			failed = err_set(err, "%s is no blob", index->entries[worktree->links[i]].path);
	}
	str_release(&text);
	return failed;
}

void worktree_release(struct worktree *worktree)
{
	free(worktree->links);
	free(worktree->changes);
	free(worktree->patches);
	args_release(&worktree->untracked);
}
