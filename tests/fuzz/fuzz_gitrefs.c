/* The reader of a repository's references on any bytes. The input is cut at form feeds: HEAD, packed-refs, a branch, origin's HEAD, the
 * stash. What is accepted are whole names in order, each with an id, and a branch for HEAD. */
#include "git/refs.h"

#include "base/file.h"
#include "base/str.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char top[] = "/tmp/fuzz-gitrefs.XXXXXX";

/* In this order they are made and written; a name that ends in a slash is a directory. */
static const char *const names[] = {
    "refs/", "refs/heads/", "refs/remotes/", "refs/remotes/origin/", "HEAD", "packed-refs", "refs/heads/main", "refs/remotes/origin/HEAD",
    "refs/stash",
};
enum { NAMES = sizeof names / sizeof *names, FIRST_FILE = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void remove_all(void)
{
	for (size_t i = NAMES; i-- > 0;) {
		char *path = mem_format("%s/%s", top, names[i]);
		remove(path);
		free(path);
	}
	rmdir(top);
}

static void make_directories(void)
{
	if (!mkdtemp(top))
		abort();
	atexit(remove_all);
	for (size_t i = 0; i < FIRST_FILE; i++) {
		char *path = mem_format("%s/%s", top, names[i]);
		if (mkdir(path, 0700))
			abort();
		free(path);
	}
}

/* Writes the files; one that the input does not come to is removed. */
static void write_files(struct slice rest)
{
	for (size_t i = FIRST_FILE; i < NAMES; i++) {
		char *path = mem_format("%s/%s", top, names[i]);
		const char *end = rest.ptr ? memchr(rest.ptr, '\f', rest.len) : NULL;
		size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
		int fd = rest.ptr ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
		if (!rest.ptr)
			unlink(path);
		else if (fd < 0 || file_write_fd(fd, rest.ptr, len) || close(fd))
			abort();
		rest = end ? slice_make(end + 1, rest.len - len - 1) : slice_make(NULL, 0);
		free(path);
	}
}

static void check_refs(const struct refs *refs)
{
	for (size_t i = 0; i < refs->count; i++) {
		const struct ref *ref = &refs->list[i];
		size_t count;
		if (!refs_name_is_plain(ref->name) || oid_is_zero(&ref->id) || (i && strcmp(ref[-1].name, ref->name) >= 0))
			abort();
		if (refs_find(refs, ref->name) != ref || refs_under(refs, ref->name, &count) != ref || !count)
			abort();
	}
	const struct ref *branch = refs->head ? refs_find(refs, refs->head) : NULL;
	if (refs->head && (strncmp(refs->head, "refs/heads/", 11) != 0 || refs->unborn != !branch))
		abort();
	if (branch && !oid_equal(&branch->id, &refs->head_id))
		abort();
	if (!refs->unborn && oid_is_zero(&refs->head_id))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool made;
	if (!made)
		make_directories();
	made = true;
	struct refs refs = REFS_INIT;
	struct err err = ERR_INIT;
	write_files(slice_make((const char *)data, size));
	int dir = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = refs_read(&refs, dir, dir, &err);
	close(dir);
	if (!failed)
		check_refs(&refs);
	else if (!err_is_set(&err))
		abort();
	refs_release(&refs);
	err_release(&err);
	return 0;
}
