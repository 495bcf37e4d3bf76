/* The names in a work tree that are not tracked. The patterns of ignore files are read only when there is such a name. */
#include "git/worktree_private.h"

#include "base/path.h"
#include "git/oid.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int load_outside(struct scan *scan)
{
	char *exclude = path_join(scan->place->common_dir, "info/exclude");
	int failed = ignores_push(scan->ignores, AT_FDCWD, scan->place->settings->excludes_file, "", false, scan->err) ||
		     ignores_push(scan->ignores, AT_FDCWD, exclude, "", false, scan->err);
	free(exclude);
	scan->loaded_outside = !failed;
	return failed;
}

static int load_level(struct scan *scan, size_t depth)
{
	struct level *level = &scan->levels[depth];
	char *dir = mem_dup(scan->path.data ? scan->path.data : "", level->path_len);
	char *file = mem_format("%s.gitignore", dir);
	if (depth) {
		size_t base = scan->levels[depth - 1].path_len;
		char *name = mem_dup(dir, level->path_len - 1);
		level->ignored = level[-1].ignored || ignores_match(scan->ignores, name, base, true);
		free(name);
	}
	int failed = ignores_push(scan->ignores, scan->top, level->has_ignore_file ? file : NULL, dir, true, scan->err);
	free(file);
	free(dir);
	level->loaded = !failed;
	return failed;
}

/* Loads the patterns of all directories down to this one. */
static int load_patterns(struct scan *scan)
{
	if (!scan->loaded_outside && load_outside(scan))
		return -1;
	for (size_t depth = 0; depth < scan->depth; depth++)
		if (!scan->levels[depth].loaded && load_level(scan, depth))
			return -1;
	return 0;
}

int scan_learn_kind(struct scan *scan, const struct listing *listing, struct name *name)
{
	struct stat st;
	if (name->kind != KIND_UNKNOWN)
		return 0;
	if (fstatat(listing->fd, name->text, &st, AT_SYMLINK_NOFOLLOW))
		return scan_fail(scan, name->text);
	name->kind = S_ISDIR(st.st_mode) ? KIND_DIRECTORY : S_ISREG(st.st_mode) ? KIND_FILE : S_ISLNK(st.st_mode) ? KIND_LINK : KIND_OTHER;
	return 0;
}

static bool is_ignored(struct scan *scan, const struct name *name)
{
	size_t len = scan->path.len;
	str_adds(&scan->path, name->text);
	bool ignored = ignores_match(scan->ignores, scan->path.data, len, name->kind == KIND_DIRECTORY);
	str_truncate(&scan->path, len);
	return ignored;
}

/* Is dir/.git plainly a repository's? Then git shows the directory, whatever is in it; but not when that is a link to the one it is in. */
static bool is_repository(int dir)
{
	char head[64] = "";
	struct oid id;
	struct stat st;
	int git = openat(dir, ".git", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	int fd = git < 0 ? -1 : openat(git, "HEAD", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t got = fd < 0 ? -1 : read(fd, head, sizeof head - 1);
	bool valid = slice_starts(slice_of(head), "ref: refs/") || (got > OID_HEX && oid_parse(&id, head));
	valid = valid && !faccessat(git, "objects", X_OK, 0) && !faccessat(git, "refs", X_OK, 0) &&
		fstatat(git, "commondir", &st, AT_SYMLINK_NOFOLLOW) && errno == ENOENT;
	if (fd >= 0)
		close(fd);
	if (git >= 0)
		close(git);
	return valid;
}

static int has_content(struct scan *scan, const struct listing *parent, const struct name *name);

/* Is that an untracked name that git would speak of? 1, 0, -1. */
static int is_content(struct scan *scan, const struct listing *listing, struct name *name)
{
	if (scan_learn_kind(scan, listing, name))
		return -1;
	if (name->kind == KIND_OTHER || is_ignored(scan, name))
		return 0;
	return name->kind == KIND_DIRECTORY ? has_content(scan, listing, name) : 1;
}

/* git looks for patterns in a directory before it looks at a name there, and warns where it may list but not search. */
static int check_search(struct scan *scan, const struct listing *listing)
{
	struct stat st;
	if (listing->has_ignore_file || !listing->count || !fstatat(listing->fd, ".gitignore", &st, AT_SYMLINK_NOFOLLOW))
		return 0;
	return errno == ENOENT ? 0 : scan_fail(scan, ".gitignore");
}

static int look_into(struct scan *scan, struct listing *listing)
{
	int found = check_search(scan, listing) ? -1 : load_patterns(scan);
	for (size_t i = 0; i < listing->count && !found; i++)
		found = is_content(scan, listing, &listing->names[i]);
	return found;
}

/* Is there any file in an untracked directory that is not ignored? 1, 0, -1. */
static int has_content(struct scan *scan, const struct listing *parent, const struct name *name)
{
	struct listing listing = LISTING_INIT;
	size_t len = scan->path.len;
	int found;
	str_adds(&scan->path, name->text);
	str_addc(&scan->path, '/');
	if (scan->path.len >= LONGEST_DIR) {
		found = err_set(scan->err, "a directory is too deep");
	} else if (listing_open(&listing, parent->fd, name->text, false)) {
		found = scan_fail(scan, "");
	} else if (listing.has_git) {
		found = is_repository(listing.fd) ? 1 : err_set(scan->err, "%s may be a repository", str_cstr(&scan->path));
	} else {
		scan_enter(scan, &listing);
		found = look_into(scan, &listing);
		scan_leave(scan);
	}
	listing_close(&listing);
	str_truncate(&scan->path, len);
	return found;
}

int scan_untracked(struct scan *scan, struct listing *listing)
{
	bool loaded = false;
	for (size_t i = 0; i < listing->count; i++) {
		struct name *name = &listing->names[i];
		if (name->tracked && !name->silent)
			continue;
		if (!loaded && load_patterns(scan))
			return -1;
		loaded = true;
		if (scan->levels[scan->depth - 1].ignored)
			return 0;
		int found = is_content(scan, listing, name);
		if (found < 0)
			return -1;
		if (found && !name->silent)
			args_take(&scan->found->untracked, mem_format("%s%s%s", str_cstr(&scan->path), name->text,
								       name->kind == KIND_DIRECTORY ? "/" : ""));
	}
	return 0;
}
