/* The reader and the writer of git's index on any bytes: an entry that is accepted has a name that stays inside the work tree, in order;
 * an index that is written anew reads as before but for the stat data. */
#include "git/index_file.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char name[] = "/tmp/fuzz-index.XXXXXX";

static void remove_file(void)
{
	unlink(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool stays_inside(const char *path)
{
	char *slashed = mem_format("/%s/", path);
	bool inside = !strstr(slashed, "//") && !strstr(slashed, "/./") && !strstr(slashed, "/../") && !strstr(slashed, "/.git/");
	free(slashed);
	return inside;
}

static void check_entry(const struct index_file *index, size_t i)
{
	const struct index_entry *entry = &index->entries[i], *found = index_file_find(index, entry->path);
	if (strlen(entry->path) != entry->path_len || !stays_inside(entry->path) || entry->stage > 3)
		abort();
	int order = i ? strcmp(entry[-1].path, entry->path) : -1;
	if (order > 0 || (!order && entry[-1].stage >= entry->stage))
		abort();
	if (!found || strcmp(found->path, entry->path) != 0 || (found > index->entries && !strcmp(found[-1].path, entry->path)))
		abort();
}

/* Writes it with other stat data for each entry, by turns, and reads that. */
static void check_written(const struct index_file *index)
{
	struct index_file again = INDEX_FILE_INIT;
	struct err err = ERR_INIT;
	struct index_patch *patches = mem_calloc(index->count, sizeof *patches);
	for (size_t i = 0; i < index->count; i++)
		patches[i] = (struct index_patch){.entry = i, .smudge = i % 2, .st = {.st_size = 7}};
	if (index_file_write(index, name, patches, index->count, &err))
		abort();
	if (index_file_read(&again, AT_FDCWD, name, &err) || again.count != index->count || !slice_equal(again.cached, index->cached))
		abort();
	for (size_t i = 0; i < index->count; i++) {
		const struct index_entry *old = &index->entries[i], *new = &again.entries[i];
		if (strcmp(old->path, new->path) != 0 || old->stage != new->stage || old->mode != new->mode ||
		    !oid_equal(&old->id, &new->id) || new->size != (i % 2 ? 0 : 7))
			abort();
	}
	free(patches);
	index_file_release(&again);
	err_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	if (fd < 0) {
		fd = mkstemp(name);
		atexit(remove_file);
	} else {
		fd = open(name, O_WRONLY | O_TRUNC | O_CLOEXEC);
	}
	struct index_file index = INDEX_FILE_INIT;
	struct err err = ERR_INIT;
	if (file_write_fd(fd, data, size) || close(fd))
		abort();
	if (index_file_read(&index, AT_FDCWD, name, &err) == 0) {
		for (size_t i = 0; i < index.count; i++)
			check_entry(&index, i);
		if (index_file_is_writable(&index))
			check_written(&index);
	}
	index_file_release(&index);
	err_release(&err);
	return 0;
}
