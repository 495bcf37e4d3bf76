/* The reader of git's index on any bytes: an entry that is accepted has a name that stays inside the work tree, in order. */
#include "git/index_file.h"

#include "base/file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char name[] = "/tmp/fuzz-index.XXXXXX";

static void remove_file(void)
{
	unlink(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	if (fd < 0) {
		fd = mkstemp(name);
		atexit(remove_file);
	}
	if (ftruncate(fd, 0) || lseek(fd, 0, SEEK_SET) || file_write_fd(fd, data, size))
		abort();
	struct index_file index = INDEX_FILE_INIT;
	struct err err = ERR_INIT;
	if (index_file_read(&index, name, &err) == 0) {
		for (size_t i = 0; i < index.count; i++) {
			const struct index_entry *entry = &index.entries[i];
			if (!entry->path_len || strlen(entry->path) != entry->path_len || entry->path[0] == '/')
				abort();
			if (i && strcmp(index.entries[i - 1].path, entry->path) >= 0)
				abort();
			if (index_file_find(&index, entry->path) != entry)
				abort();
		}
	}
	index_file_release(&index);
	err_release(&err);
	return 0;
}
