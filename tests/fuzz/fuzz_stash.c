/* The reader of the stashes' reflog on any bytes. The commits are not asked for (see the Makefile); the reference is where the last line
 * leads, so that nothing else stands in the way. What is accepted are printable messages, one a line. */
#include "git/stash.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char top[] = "/tmp/fuzz-stash.XXXXXX";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int __wrap_objects_tree_of(struct objects *objects, const struct oid *commit, struct oid *tree, struct err *err);

int __wrap_objects_tree_of(struct objects *objects, const struct oid *commit, struct oid *tree, struct err *err)
{
	*tree = *commit;
	return !objects && err ? 0 : -1;
}

static void remove_all(void)
{
	static const char *const names[] = {"logs/refs/stash", "logs/refs", "logs", "."};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path = mem_format("%s/%s", top, names[i]);
		if (unlink(path))
			rmdir(i < 3 ? path : top);
		free(path);
	}
}

static void write_log(const uint8_t *data, size_t size)
{
	static char *path;
	if (!path) {
		char *logs = mkdtemp(top) ? mem_format("%s/logs", top) : NULL, *refs = mem_format("%s/logs/refs", top);
		if (!logs || mkdir(logs, 0700) || mkdir(refs, 0700))
			abort();
		path = mem_format("%s/stash", refs);
		atexit(remove_all);
		free(logs);
		free(refs);
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || file_write_fd(fd, data, size) || close(fd))
		abort();
}

/* Where the last line leads. */
static struct oid find_tip(struct slice text)
{
	struct oid tip = {{0}};
	size_t at = text.len > 1 ? text.len - 1 : 0;
	while (at && text.ptr[at - 1] != '\n')
		at--;
	if (text.len - at > 2 * OID_HEX + 1)
		oid_parse(&tip, text.ptr + at + OID_HEX + 1);
	return tip;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_make((const char *)data, size);
	char name[] = "refs/stash";
	struct ref stash = {name, find_tip(text), false};
	struct refs refs = {.list = &stash, .count = 1};
	struct args list = ARGS_INIT;
	struct err err = ERR_INIT;
	size_t lines = 0;
	write_log(data, size);
	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n';
	if (stash_list(&list, top, &refs, NULL, &err) == 0) {
		if (list.len != lines || !lines)
			abort();
		for (size_t i = 0; i < list.len; i++)
			for (const char *p = list.list[i]; p == list.list[i] || *p; p++)
				if (*p < ' ' || *p > '~')
					abort();
	} else if (!err_is_set(&err)) {
		abort();
	}
	args_release(&list);
	err_release(&err);
	return 0;
}
