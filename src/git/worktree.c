/* See worktree.h. One walk through the directories that hold tracked files, sorted names against sorted entries.
 *
 * `git status` also refreshes the index: it writes it anew when a file's recorded times are stale although its content
 * is the same, or when a file is not older than the index, so that its times prove nothing. Both are left to git, which
 * then makes the index such that the next run can be native. */
#include "git/worktree.h"

#include "git/content.h"
#include "git/ignore.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { KIND_UNKNOWN, KIND_FILE, KIND_DIR, KIND_OTHER };

struct name {
	char *text;
	enum kind kind; /* a symbolic link is a file; KIND_OTHER: sockets and the like, which git does not see */
	bool tracked;
};

struct listing {
	DIR *dir;
	struct name *names; /* by name */
	size_t count;
	size_t cap;
	bool has_ignore_file;
};

struct scan {
	struct worktree *worktree;
	const char *top;
	const struct settings *settings;
	const struct index_file *index;
	struct ignores *ignores;
	struct str path; /* the directory that is looked at, "" or with a trailing slash */
	struct err *err;
};

static int sys_fail(struct scan *scan, const char *name)
{
	return err_sys(scan->err, errno, "%s%s", str_cstr(&scan->path), name);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct name *)a)->text, ((const struct name *)b)->text);
}

static enum kind kind_of(mode_t mode)
{
	return S_ISDIR(mode) ? KIND_DIR : S_ISREG(mode) || S_ISLNK(mode) ? KIND_FILE : KIND_OTHER;
}

static void listing_close(struct listing *listing)
{
	for (size_t i = 0; i < listing->count; i++)
		free(listing->names[i].text);
	free(listing->names);
	if (listing->dir)
		closedir(listing->dir);
}

static int add_name(struct scan *scan, struct listing *listing, const char *text)
{
	if (!strcmp(text, ".") || !strcmp(text, ".."))
		return 0;
	if (!strcmp(text, ".git"))
		return scan->path.len ? err_set(scan->err, "%s has a repository of its own", str_cstr(&scan->path)) : 0;
	listing->has_ignore_file |= !strcmp(text, ".gitignore");
	MEM_RESERVE(listing->names, listing->cap, listing->count + 1);
	listing->names[listing->count++] = (struct name){mem_strdup(text), KIND_UNKNOWN, false};
	return 0;
}

/* Opens and reads the directory that scan->path names. The caller closes the listing either way. */
static int listing_open(struct scan *scan, struct listing *listing, int parent, const char *name)
{
	if (scan->path.len >= PATH_MAX)
		return err_set(scan->err, "a directory is too deep");
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return sys_fail(scan, "");
	listing->dir = fdopendir(fd);
	if (!listing->dir) {
		close(fd);
		return sys_fail(scan, "");
	}
	for (struct dirent *entry; (errno = 0, entry = readdir(listing->dir)) != NULL;)
		if (add_name(scan, listing, entry->d_name))
			return -1;
	if (errno)
		return sys_fail(scan, "");
	if (listing->count)
		qsort(listing->names, listing->count, sizeof *listing->names, compare_names);
	return 0;
}

static struct name *listing_find(struct listing *listing, const char *text, size_t len)
{
	size_t low = 0, high = listing->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strncmp(listing->names[middle].text, text, len);
		if (!order && listing->names[middle].text[len])
			order = 1;
		if (!order)
			return &listing->names[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Learns what a name is, once. */
static int learn_kind(struct scan *scan, struct listing *listing, struct name *name)
{
	struct stat st;
	if (name->kind != KIND_UNKNOWN)
		return 0;
	if (fstatat(dirfd(listing->dir), name->text, &st, AT_SYMLINK_NOFOLLOW))
		return sys_fail(scan, name->text);
	name->kind = kind_of(st.st_mode);
	return 0;
}

/* Pushes the directory's own patterns; ignores_pop() takes them off again. */
static int push_ignores(struct scan *scan, struct listing *listing)
{
	const char *file = listing->has_ignore_file ? ".gitignore" : NULL;
	return ignores_push(scan->ignores, dirfd(listing->dir), file, str_cstr(&scan->path), true, scan->err);
}

/* Adds name to scan->path for a while and asks whether that is ignored. */
static bool is_ignored(struct scan *scan, const struct name *name)
{
	size_t len = scan->path.len;
	str_adds(&scan->path, name->text);
	bool ignored = ignores_match(scan->ignores, scan->path.data, len, name->kind == KIND_DIR);
	str_truncate(&scan->path, len);
	return ignored;
}

static int has_content(struct scan *scan, int parent, const struct name *name);

/* Is that an untracked name that git would speak of? 1, 0, -1. */
static int is_content(struct scan *scan, struct listing *listing, struct name *name)
{
	if (learn_kind(scan, listing, name))
		return -1;
	if (name->kind == KIND_OTHER || is_ignored(scan, name))
		return 0;
	return name->kind == KIND_DIR ? has_content(scan, dirfd(listing->dir), name) : 1;
}

/* Is there any file in an untracked directory that is not ignored? 1, 0, -1. */
static int has_content(struct scan *scan, int parent, const struct name *name)
{
	struct listing listing = {NULL, NULL, 0, 0, false};
	size_t len = scan->path.len;
	str_addf(&scan->path, "%s/", name->text);
	int found = listing_open(scan, &listing, parent, name->text) || push_ignores(scan, &listing) ? -1 : 0;
	if (!found) {
		for (size_t i = 0; i < listing.count && !found; i++)
			found = is_content(scan, &listing, &listing.names[i]);
		ignores_pop(scan->ignores);
	}
	listing_close(&listing);
	str_truncate(&scan->path, len);
	return found;
}

static int find_untracked(struct scan *scan, struct listing *listing)
{
	for (size_t i = 0; i < listing->count; i++) {
		struct name *name = &listing->names[i];
		int found = name->tracked ? 0 : is_content(scan, listing, name);
		if (found < 0)
			return -1;
		if (found)
			args_take(&scan->worktree->untracked, mem_format("%s%s%s", str_cstr(&scan->path), name->text,
									 name->kind == KIND_DIR ? "/" : ""));
	}
	return 0;
}

/* A tracked file: is it there, and as it was? */
static int check_file(struct scan *scan, struct listing *listing, size_t at)
{
	const struct index_entry *entry = &scan->index->entries[at];
	const char *text = entry->path + scan->path.len;
	char *change = &scan->worktree->changes[at];
	struct name *name = listing_find(listing, text, strlen(text));
	struct stat st;
	*change = 'D';
	if (!name)
		return 0;
	if (name->tracked)
		return err_set(scan->err, "the index has %s as a file and as a directory", entry->path);
	name->tracked = true;
	if (fstatat(dirfd(listing->dir), text, &st, AT_SYMLINK_NOFOLLOW))
		return sys_fail(scan, text);
	name->kind = kind_of(st.st_mode);
	if (name->kind == KIND_DIR) {
		/* Deleted for git, unless a repository took the file's place. */
		char *git = mem_format("%s/.git", text);
		bool nested = !faccessat(dirfd(listing->dir), git, F_OK, AT_SYMLINK_NOFOLLOW);
		free(git);
		return nested ? err_set(scan->err, "%s is a repository now", entry->path) : 0;
	}
	struct content content = {scan->top, scan->settings, scan->index, dirfd(listing->dir), text};
	return content_check(&content, entry, &st, change, scan->err);
}

static int scan_dir(struct scan *scan, int parent, const char *name, size_t low, size_t high, bool ignored);

/* The entries from low to high lie below one directory of this one. */
static int check_subdir(struct scan *scan, struct listing *listing, size_t low, size_t high, size_t len, bool ignored)
{
	const char *text = scan->index->entries[low].path + scan->path.len;
	struct name *name = listing_find(listing, text, len);
	if (name && learn_kind(scan, listing, name))
		return -1;
	if (name && name->tracked)
		return err_set(scan->err, "the index has %s as a file and as a directory", name->text);
	if (!name || name->kind != KIND_DIR) {
		memset(scan->worktree->changes + low, 'D', high - low);
		return 0;
	}
	name->tracked = true;
	bool below_ignored = ignored || is_ignored(scan, name);
	size_t path_len = scan->path.len;
	str_addf(&scan->path, "%s/", name->text);
	int failed = scan_dir(scan, dirfd(listing->dir), name->text, low, high, below_ignored);
	str_truncate(&scan->path, path_len);
	return failed;
}

static int check_tracked(struct scan *scan, struct listing *listing, size_t low, size_t high, bool ignored)
{
	const struct index_entry *entries = scan->index->entries;
	size_t prefix = scan->path.len;
	for (size_t i = low, end; i < high; i = end) {
		const char *text = entries[i].path + prefix;
		size_t len = strcspn(text, "/");
		end = i + 1;
		if (!text[len]) {
			if (check_file(scan, listing, i))
				return -1;
			continue;
		}
		while (end < high && !strncmp(entries[end].path + prefix, text, len + 1))
			end++;
		if (check_subdir(scan, listing, i, end, len, ignored))
			return -1;
	}
	return 0;
}

/* Looks at the directory that scan->path names: the entries from low to high lie below it. In an ignored one nothing is
 * untracked. */
static int scan_dir(struct scan *scan, int parent, const char *name, size_t low, size_t high, bool ignored)
{
	struct listing listing = {NULL, NULL, 0, 0, false};
	int failed = listing_open(scan, &listing, parent, name) || push_ignores(scan, &listing) ? -1 : 0;
	if (!failed) {
		failed = check_tracked(scan, &listing, low, high, ignored);
		if (!failed && !ignored)
			failed = find_untracked(scan, &listing);
		ignores_pop(scan->ignores);
	}
	listing_close(&listing);
	return failed;
}

/* Is every file older than the index? */
static int check_times(const struct index_file *index, struct err *err)
{
	for (size_t i = 0; i < index->count; i++)
		if (index->entries[i].modified.seconds >= index->written)
			return err_set(err, "the index is as old as %s", index->entries[i].path);
	return 0;
}

int worktree_scan(struct worktree *worktree, const char *top, const struct settings *settings,
		  const struct index_file *index, struct err *err)
{
	if (check_times(index, err))
		return -1;
	struct scan scan = {worktree, top, settings, index, ignores_new(), STR_INIT, err};
	char *exclude = mem_format("%s/.git/info/exclude", top);
	worktree->changes = mem_calloc(index->count + 1, 1);
	int failed = ignores_push(scan.ignores, AT_FDCWD, settings->excludes_file, "", false, err) ||
		     ignores_push(scan.ignores, AT_FDCWD, exclude, "", false, err) ||
		     scan_dir(&scan, AT_FDCWD, top, 0, index->count, false);
	free(exclude);
	ignores_free(scan.ignores);
	str_release(&scan.path);
	return failed ? -1 : 0;
}

void worktree_release(struct worktree *worktree)
{
	free(worktree->changes);
	args_release(&worktree->untracked);
}
