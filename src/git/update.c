/* See update.h.
 *
 * A pull that brings nothing still does four things, and so does this: it writes FETCH_HEAD and ORIG_HEAD, says that
 * all is up to date, and collects garbage where that is due (left to git). Everything is looked at before the first
 * file is written. */
#include "git/update.h"

#include "base/file.h"
#include "base/path.h"
#include "git/environment.h"
#include "git/index_file.h"
#include "git/layout.h"
#include "git/objects.h"
#include "git/refs.h"
#include "git/remote.h"
#include "git/settings.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LOOSE_LIMIT = 26, /* in one of the 256 directories; git collects beyond 27 with its default gc.auto of 6,700 */
	PACK_LIMIT = 49,  /* git collects beyond 50 */
};

/* Everything that is read of the repository. */
struct update {
	const struct native_request *request;
	struct layout layout;
	struct settings settings;
	struct index_file index;
	struct refs refs;
	struct objects *objects;
	struct remote remote;
};

/* How many names in a directory end so; 0 when there is no directory. */
static size_t count_names(const char *git_dir, const char *name, const char *suffix, size_t suffix_len)
{
	char *path = path_join(git_dir, name);
	DIR *dir = opendir(path);
	free(path);
	size_t count = 0;
	for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
		size_t len = strlen(entry->d_name);
		count +=
		    *entry->d_name != '.' && len >= suffix_len && !strcmp(entry->d_name + len - suffix_len, suffix);
	}
	if (dir)
		closedir(dir);
	return count;
}

static int check_garbage(const char *git_dir, struct err *err)
{
	if (count_names(git_dir, "objects/17", "", 0) > LOOSE_LIMIT ||
	    count_names(git_dir, "objects/pack", ".pack", 5) > PACK_LIMIT)
		return err_set(err, "a garbage collection may be due");
	return layout_has(git_dir, "gc.log") ? err_set(err, "its git directory has gc.log") : 0;
}

static int check_hooks(const char *git_dir, struct err *err)
{
	char *path = path_join(git_dir, "hooks");
	DIR *dir = opendir(path);
	int failed = !dir && errno != ENOENT ? err_sys(err, errno, "hooks") : 0;
	for (struct dirent *entry; dir && !failed && (entry = readdir(dir)) != NULL;) {
		struct stat st;
		bool sample = slice_ends(slice_of(entry->d_name), ".sample");
		if (sample || fstatat(dirfd(dir), entry->d_name, &st, 0) || !S_ISREG(st.st_mode))
			continue;
		failed = err_set(err, "it has the hook %s", entry->d_name);
	}
	if (dir)
		closedir(dir);
	free(path);
	return failed;
}

/* A merge or the like that is under way, or what one left behind. */
static int check_state(const char *git_dir, struct err *err)
{
	static const char *const names[] = {
	    "MERGE_HEAD",
	    "MERGE_MSG",
	    "MERGE_MODE",
	    "MERGE_RR",
	    "MERGE_AUTOSTASH",
	    "AUTO_MERGE",
	    "SQUASH_MSG",
	    "CHERRY_PICK_HEAD",
	    "REVERT_HEAD",
	    "rebase-apply",
	    "rebase-merge",
	    "sequencer",
	    "BISECT_LOG",
	    "index.lock",
	    "ORIG_HEAD.lock",
	    "HEAD.lock",
	    "worktrees",
	    "modules",
	    "objects/maintenance.lock",
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (layout_has(git_dir, names[i]))
			return err_set(err, "its git directory has %s", names[i]);
	return 0;
}

static int read_own(struct update *update, struct err *err)
{
	const struct native_request *request = update->request;
	if (environment_check(NATIVE_UPDATE, err) || layout_check(&update->layout, request, err))
		return -1;
	if (update->layout.linked || update->layout.shallow)
		return err_set(err, "it is linked or shallow");
	const char *git_dir = update->layout.git_dir;
	if (check_state(git_dir, err) || check_hooks(git_dir, err) || check_garbage(git_dir, err) ||
	    settings_read(&update->settings, git_dir, POLICY_UPDATE, err) || refs_read(&update->refs, git_dir, err))
		return -1;
	if (!update->refs.head || update->refs.unborn)
		return err_set(err, "HEAD is not on a branch with a commit");
	if (layout_has(request->repo, ".gitmodules"))
		return err_set(err, "it has submodules");
	char *index = path_join(git_dir, "index");
	int failed = index_file_read(&update->index, index, err);
	free(index);
	return failed;
}

/* Would a fetch move the tracking reference of one of the remote's branches? */
static int check_branch(const struct update *update, const struct ref *there, struct err *err)
{
	char *name = remote_tracking(&update->remote, there->name);
	const struct ref *here = name ? refs_find(&update->refs, name) : NULL;
	int failed = 0;
	if (name && (!here || !oid_equal(&here->id, &there->id)))
		failed = err_set(err, "%s has news", there->name);
	free(name);
	return failed;
}

static int check_news(const struct update *update, struct err *err)
{
	size_t branches, tags;
	const struct ref *branch = refs_under(&update->remote.refs, "refs/heads/", &branches);
	const struct ref *tag = refs_under(&update->remote.refs, "refs/tags/", &tags);
	for (size_t i = 0; i < branches; i++)
		if (check_branch(update, &branch[i], err))
			return -1;
	/* A tag may or may not be brought along; whether it is depends on what it points at. */
	for (size_t i = 0; i < tags; i++)
		if (!refs_find(&update->refs, tag[i].name))
			return err_set(err, "%s is new", tag[i].name);
	return 0;
}

/* Newer versions of git set the remote's HEAD when there is none. */
static int check_remote_head(const struct update *update, struct err *err)
{
	char *name = mem_format("refs/remotes/%s/HEAD", update->remote.name);
	bool there = refs_find(&update->refs, name) != NULL;
	int failed = there ? 0 : err_set(err, "%s is missing", name);
	free(name);
	return failed;
}

static int check_object(const struct update *update, const struct ref *ref, struct err *err)
{
	int have = objects_have(update->objects, &ref->id, err);
	return have ? (have < 0 ? -1 : 0) : err_set(err, "%s has no object", ref->name);
}

/* Does the current branch contain its upstream? */
static int check_merged(const struct update *update, struct err *err)
{
	const struct ref *upstream = refs_find(&update->remote.refs, update->remote.upstream);
	bool merged;
	size_t replaced;
	if (!upstream)
		return err_set(err, "the upstream is gone");
	refs_under(&update->refs, "refs/replace/", &replaced);
	if (replaced)
		return err_set(err, "objects are replaced");
	for (size_t i = 0; i < update->refs.count; i++)
		if (check_object(update, &update->refs.list[i], err))
			return -1;
	if (objects_reach(update->objects, &upstream->id, &update->refs.head_id, 1, &merged, err))
		return -1;
	return merged ? 0 : err_set(err, "the upstream is ahead");
}

/* The URL as FETCH_HEAD has it: without slashes at its end and ".git". */
static struct slice shown_url(const char *url)
{
	struct slice text = slice_of(url);
	while (text.len && text.ptr[text.len - 1] == '/')
		text.len--;
	if (text.len > 5 && slice_ends(text, ".git"))
		text.len -= 4;
	return text;
}

static void add_fetched(struct str *out, const struct update *update, const struct ref *ref, bool merge)
{
	char hex[OID_HEX + 1];
	oid_format(&ref->id, hex);
	str_addf(out, "%s\t%s\tbranch '%s' of ", hex, merge ? "" : "not-for-merge", ref->name + strlen("refs/heads/"));
	str_add_slice(out, shown_url(update->remote.url));
	str_addc(out, '\n');
}

/* First the branch to merge, then the others that the refspec covers. */
static void list_fetched(struct str *out, const struct update *update)
{
	size_t count;
	const struct ref *ref = refs_under(&update->remote.refs, "refs/heads/", &count);
	for (int merge = 1; merge >= 0; merge--) {
		for (size_t i = 0; i < count; i++) {
			char *tracking = remote_tracking(&update->remote, ref[i].name);
			if (tracking && merge == !strcmp(ref[i].name, update->remote.upstream))
				add_fetched(out, update, &ref[i], merge);
			free(tracking);
		}
	}
}

/* Replaces a file's content in place, as git does with FETCH_HEAD. */
static int write_file(const char *git_dir, const char *name, struct slice bytes, struct err *err)
{
	char *path = path_join(git_dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
	free(path);
	if (fd < 0)
		return err_sys(err, errno, "%s", name);
	int failed = file_write_fd(fd, bytes.ptr, bytes.len);
	failed |= close(fd);
	return failed ? err_sys(err, errno, "%s", name) : 0;
}

/* git leaves an ORIG_HEAD that says the same alone. */
static int write_orig_head(const struct update *update, struct err *err)
{
	char hex[OID_HEX + 1];
	oid_format(&update->refs.head_id, hex);
	char *line = mem_format("%s\n", hex);
	char *path = path_join(update->layout.git_dir, "ORIG_HEAD");
	struct str old = STR_INIT;
	struct stat st;
	int failed = 0;
	if (!lstat(path, &st))
		failed =
		    S_ISREG(st.st_mode) ? file_read(path, &old, err) : err_set(err, "ORIG_HEAD is no regular file");
	if (!failed && !slice_is(str_slice(&old), line))
		failed = file_replace(path, slice_of(line), err);
	str_release(&old);
	free(path);
	free(line);
	return failed;
}

static int answer(struct update *update, struct str *out, struct err *err)
{
	const char *git_dir = update->layout.git_dir;
	if (remote_read(&update->remote, &update->settings, update->layout.top, update->refs.head, err) ||
	    check_news(update, err) || check_remote_head(update, err))
		return -1;
	update->objects = objects_open(git_dir);
	if (check_merged(update, err))
		return -1;
	struct str fetched = STR_INIT;
	list_fetched(&fetched, update);
	/* Should the second write fail, git will do both again. */
	int failed = write_file(git_dir, "FETCH_HEAD", str_slice(&fetched), err) || write_orig_head(update, err);
	str_release(&fetched);
	if (!failed)
		str_adds(out, "Already up to date.\n");
	return failed;
}

int update_native(const struct native_request *request, struct str *out, struct err *err)
{
	struct update update = {
	    .request = request, .index = INDEX_FILE_INIT, .refs = REFS_INIT, .remote = {.refs = REFS_INIT}};
	int failed = read_own(&update, err) || answer(&update, out, err);
	remote_release(&update.remote);
	objects_close(update.objects);
	refs_release(&update.refs);
	index_file_release(&update.index);
	settings_release(&update.settings);
	layout_release(&update.layout);
	return failed ? -1 : 0;
}
