/* See index_file.h. The layout is described in git's gitformat-index(5). */
#include "git/index_file.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	HEADER_BYTES = 12,
	CHECKSUM_BYTES = 20,
	ENTRY_FIXED = 62, /* the bytes of an entry before its path */
	FLAG_EXTENDED = 0x4000,
	FLAG_NAME_LENGTH = 0x0fff,
};

/* What is still to be read. */
struct cursor {
	const unsigned char *at;
	size_t left;
	uint32_t version;
};

static int damaged(struct err *err)
{
	return err_set(err, "the index is damaged");
}

static uint32_t get32(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void skip(struct cursor *cursor, size_t bytes)
{
	cursor->at += bytes;
	cursor->left -= bytes;
}

static bool component_is_valid(const char *text, size_t len)
{
	if (!len || (len == 1 && *text == '.') || (len == 2 && !memcmp(text, "..", 2)))
		return false;
	return !(len == 4 && text[0] == '.' && (text[1] | 32) == 'g' && (text[2] | 32) == 'i' && (text[3] | 32) == 't');
}

static bool path_is_valid(const char *path)
{
	for (;;) {
		size_t len = strcspn(path, "/");
		if (!component_is_valid(path, len))
			return false;
		if (!path[len])
			return true;
		path += len + 1;
	}
}

/* Version 4: how many bytes of the previous path go, seven bits at a time. */
static int read_strip(struct cursor *cursor, size_t *strip)
{
	size_t value = 0;
	for (int i = 0; i < 5 && cursor->left; i++) {
		unsigned char byte = *cursor->at;
		skip(cursor, 1);
		value = (i ? value + 1 : 0) << 7 | (byte & 0x7f);
		if (byte & 0x80)
			continue;
		*strip = value;
		return 0;
	}
	return -1;
}

/* Reads a path behind the fixed part of an entry that began at start; adds it and a NUL to the index's paths. prev is
 * where the previous path starts there, (size_t)-1 for the first entry. */
static int read_path(struct index_file *file, struct cursor *cursor, size_t prev, size_t fixed, struct err *err)
{
	size_t prev_len = prev == (size_t)-1 ? 0 : file->paths.len - 1 - prev;
	if (cursor->version == 4) {
		size_t strip;
		if (read_strip(cursor, &strip) || strip > prev_len)
			return damaged(err);
		/* The buffer may move while it grows: first room, then the copy out of itself. */
		size_t keep = prev_len - strip;
		char *room = str_room(&file->paths, keep + 1);
		if (keep)
			memcpy(room, file->paths.data + prev, keep);
		str_commit(&file->paths, keep);
	}
	const unsigned char *end = cursor->left ? memchr(cursor->at, '\0', cursor->left) : NULL;
	if (!end)
		return damaged(err);
	size_t len = (size_t)(end - cursor->at);
	str_add(&file->paths, cursor->at, len + 1);
	/* Versions 2 and 3 fill entries up to a multiple of eight bytes, with one NUL at least. */
	size_t used = cursor->version == 4 ? len + 1 : ((fixed + len + 8) & ~(size_t)7) - fixed;
	if (used > cursor->left)
		return damaged(err);
	skip(cursor, used);
	return 0;
}

static int check_mode(uint32_t mode, struct err *err)
{
	if (mode == 0160000)
		return err_set(err, "the index has submodules");
	if (mode != MODE_FILE && mode != MODE_PROGRAM && mode != MODE_LINK)
		return err_set(err, "the index has an entry of mode %o", (unsigned)mode);
	return 0;
}

static int check_flags(uint32_t flags, struct err *err)
{
	if (flags & 0x3000)
		return err_set(err, "the index has conflicts");
	if (flags & ~(uint32_t)FLAG_NAME_LENGTH)
		return err_set(err, "the index has entries with flags");
	return 0;
}

static int read_entry(struct index_file *file, struct cursor *cursor, size_t *prev, struct err *err)
{
	if (cursor->left < ENTRY_FIXED)
		return damaged(err);
	const unsigned char *at = cursor->at;
	struct index_entry *entry = &file->entries[file->count];
	entry->changed = (struct index_time){get32(at), get32(at + 4)};
	entry->modified = (struct index_time){get32(at + 8), get32(at + 12)};
	entry->inode = get32(at + 20); /* the device before it is not compared by git either */
	entry->mode = get32(at + 24);
	entry->uid = get32(at + 28);
	entry->gid = get32(at + 32);
	entry->size = get32(at + 36);
	memcpy(entry->id.bytes, at + 40, OID_BYTES);
	uint32_t flags = (uint32_t)at[60] << 8 | at[61];
	if (check_mode(entry->mode, err) || check_flags(flags, err))
		return -1;
	skip(cursor, ENTRY_FIXED);
	size_t start = file->paths.len;
	if (read_path(file, cursor, *prev, ENTRY_FIXED, err))
		return -1;
	entry->path_len = file->paths.len - 1 - start;
	uint32_t said = flags & FLAG_NAME_LENGTH;
	if (said != (entry->path_len < FLAG_NAME_LENGTH ? entry->path_len : FLAG_NAME_LENGTH))
		return damaged(err);
	*prev = start;
	file->count++;
	return 0;
}

/* The paths lie still only now. They must be valid, and in order, as everything else relies on that. */
static int settle_paths(struct index_file *file, struct err *err)
{
	const char *path = file->paths.data;
	for (size_t i = 0; i < file->count; i++) {
		struct index_entry *entry = &file->entries[i];
		entry->path = path;
		path += entry->path_len + 1;
		if (!path_is_valid(entry->path) || (i && strcmp(entry[-1].path, entry->path) >= 0))
			return damaged(err);
	}
	return 0;
}

/* The root of the cache tree: "", NUL, number of entries, blank, number of subtrees, newline, id. */
static int read_cache_tree(struct index_file *file, const char *at, size_t left, struct err *err)
{
	const char *newline = left > 1 ? memchr(at + 1, '\n', left - 1) : NULL;
	if (!newline || *at || newline - at > 30)
		return damaged(err);
	char *end;
	errno = 0;
	long entries = strtol(at + 1, &end, 10);
	if (errno || end == at + 1 || *end != ' ')
		return damaged(err);
	if (entries < 0)
		return 0;
	if ((size_t)entries != file->count || (size_t)(at + left - newline - 1) < OID_BYTES)
		return damaged(err);
	memcpy(file->tree.bytes, newline + 1, OID_BYTES);
	file->has_tree = true;
	return 0;
}

static int read_extensions(struct index_file *file, struct cursor *cursor, struct err *err)
{
	while (cursor->left > CHECKSUM_BYTES) {
		if (cursor->left < 8 + CHECKSUM_BYTES)
			return damaged(err);
		const char *name = (const char *)cursor->at;
		size_t size = get32(cursor->at + 4);
		skip(cursor, 8);
		if (size > cursor->left - CHECKSUM_BYTES)
			return damaged(err);
		if (!memcmp(name, "TREE", 4)) {
			if (read_cache_tree(file, (const char *)cursor->at, size, err))
				return -1;
		} else if (memcmp(name, "EOIE", 4) != 0 && memcmp(name, "IEOT", 4) != 0) {
			return err_set(err, "the index has an extension other than TREE, EOIE and IEOT");
		}
		skip(cursor, size);
	}
	return cursor->left == CHECKSUM_BYTES ? 0 : damaged(err);
}

static int parse(struct index_file *file, const struct str *bytes, struct err *err)
{
	const unsigned char *head = (const unsigned char *)bytes->data;
	if (bytes->len < HEADER_BYTES + CHECKSUM_BYTES || memcmp(head, "DIRC", 4) != 0)
		return damaged(err);
	struct cursor cursor = {head + HEADER_BYTES, bytes->len - HEADER_BYTES, get32(head + 4)};
	size_t count = get32(head + 8);
	if (cursor.version < 2 || cursor.version > 4)
		return err_set(err, "the index has version %u", (unsigned)cursor.version);
	if (count > cursor.left / ENTRY_FIXED)
		return damaged(err);
	file->entries = mem_calloc(count, sizeof *file->entries);
	size_t prev = (size_t)-1;
	for (size_t i = 0; i < count; i++)
		if (read_entry(file, &cursor, &prev, err))
			return -1;
	return settle_paths(file, err) || read_extensions(file, &cursor, err) ? -1 : 0;
}

int index_file_read(struct index_file *file, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT ? 0 : err_sys(err, errno, "the index");
	struct stat st;
	struct str bytes = STR_INIT;
	int failed;
	if (fstat(fd, &st) || (S_ISREG(st.st_mode) && file_read_fd(fd, &bytes)))
		failed = err_sys(err, errno, "the index");
	else
		failed = parse(file, &bytes, err);
	if (!failed)
		file->written = (uint32_t)st.st_mtim.tv_sec;
	str_release(&bytes);
	close(fd);
	return failed;
}

void index_file_release(struct index_file *file)
{
	free(file->entries);
	str_release(&file->paths);
	*file = (struct index_file)INDEX_FILE_INIT;
}

static int compare_path(const void *path, const void *entry)
{
	return strcmp(path, ((const struct index_entry *)entry)->path);
}

const struct index_entry *index_file_find(const struct index_file *file, const char *path)
{
	return file->count ? bsearch(path, file->entries, file->count, sizeof *file->entries, compare_path) : NULL;
}
