/* See index_file.h. The layout is described in git's gitformat-index(5). */
#include "git/index_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEADER_BYTES = 12,
	CHECKSUM_BYTES = 20,
	ENTRY_FIXED = 62, /* the bytes of an entry before its path */
	FLAG_ASSUMED = 0x8000,
	FLAG_EXTENDED = 0x4000,
	FLAG_NAME_LENGTH = 0x0fff,
	EXTENDED_INTENDED = 0x2000,
};

/* What is still to be read. */
struct cursor {
	const unsigned char *start;
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

/* Version 4: puts together a path from the one before and what follows. prev is where that starts in the index's paths, (size_t)-1 for
 * the first entry. */
static int read_packed_path(struct index_file *file, struct cursor *cursor, size_t prev)
{
	size_t prev_len = prev == (size_t)-1 ? 0 : file->paths.len - 1 - prev, strip;
	if (read_strip(cursor, &strip) || strip > prev_len)
		return -1;
	const unsigned char *end = cursor->left ? memchr(cursor->at, '\0', cursor->left) : NULL;
	if (!end)
		return -1;
	/* The buffer may move while it grows: first room, then the copy out of itself. */
	size_t keep = prev_len - strip, len = (size_t)(end - cursor->at) + 1;
	char *room = str_room(&file->paths, keep + len);
	if (keep)
		memcpy(room, file->paths.data + prev, keep);
	memcpy(room + keep, cursor->at, len);
	str_commit(&file->paths, keep + len);
	skip(cursor, len);
	return 0;
}

/* Versions 2 and 3 fill entries up to a multiple of eight bytes, with one NUL at least. */
static int read_plain_path(struct index_entry *entry, struct cursor *cursor, size_t fixed)
{
	const unsigned char *end = cursor->left ? memchr(cursor->at, '\0', cursor->left) : NULL;
	size_t len = end ? (size_t)(end - cursor->at) : 0;
	size_t used = ((fixed + len + 8) & ~(size_t)7) - fixed;
	if (!end || used > cursor->left)
		return -1;
	entry->path = (const char *)cursor->at;
	entry->path_len = len;
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

/* Takes the flags of an entry, of which version 3 has further ones. *fixed is how long it is before its path. */
static int read_flags(struct index_file *file, struct index_entry *entry, struct cursor *cursor, uint32_t flags, size_t *fixed,
		      struct err *err)
{
	entry->stage = (unsigned char)(flags >> 12 & 3);
	file->has_conflicts |= entry->stage != 0;
	if (flags & FLAG_ASSUMED)
		entry->flags |= INDEX_ASSUMED;
	if (!(flags & FLAG_EXTENDED))
		return 0;
	if (cursor->version < 3 || cursor->left < 2)
		return damaged(err);
	uint32_t extended = (uint32_t)cursor->at[0] << 8 | cursor->at[1];
	if (extended & ~(uint32_t)EXTENDED_INTENDED)
		return err_set(err, "the index has entries with flags");
	if (extended)
		entry->flags |= INDEX_INTENDED;
	else
		file->is_writable = false; /* git would write the entry without them */
	file->has_intended |= extended != 0;
	*fixed += 2;
	skip(cursor, 2);
	return 0;
}

static int read_entry(struct index_file *file, struct cursor *cursor, size_t *prev, struct err *err)
{
	if (cursor->left < ENTRY_FIXED)
		return damaged(err);
	const unsigned char *at = cursor->at;
	struct index_entry *entry = &file->entries[file->count];
	entry->at = (size_t)(at - cursor->start);
	entry->changed = (struct index_time){get32(at), get32(at + 4)};
	entry->modified = (struct index_time){get32(at + 8), get32(at + 12)};
	entry->inode = get32(at + 20); /* the device before it is not compared by git either */
	entry->mode = get32(at + 24);
	entry->uid = get32(at + 28);
	entry->gid = get32(at + 32);
	entry->size = get32(at + 36);
	memcpy(entry->id.bytes, at + 40, OID_BYTES);
	if (oid_is_zero(&entry->id))
		file->is_writable = false; /* git would complain of it */
	uint32_t flags = (uint32_t)at[60] << 8 | at[61];
	size_t fixed = ENTRY_FIXED, start = file->paths.len;
	skip(cursor, ENTRY_FIXED);
	if (check_mode(entry->mode, err) || read_flags(file, entry, cursor, flags, &fixed, err))
		return -1;
	if (cursor->version == 4 ? read_packed_path(file, cursor, *prev) : read_plain_path(entry, cursor, fixed))
		return damaged(err);
	if (cursor->version == 4)
		entry->path_len = file->paths.len - 1 - start;
	uint32_t said = flags & FLAG_NAME_LENGTH;
	if (said != (entry->path_len < FLAG_NAME_LENGTH ? entry->path_len : FLAG_NAME_LENGTH))
		return damaged(err);
	*prev = start;
	file->count++;
	return 0;
}

/* Paths must be valid and in order, as everything else relies on that; those of version 4 lie still only now. */
static int settle_paths(struct index_file *file, uint32_t version, struct err *err)
{
	const char *path = file->paths.data;
	for (size_t i = 0; i < file->count; i++) {
		struct index_entry *entry = &file->entries[i];
		if (version == 4) {
			entry->path = path;
			path += entry->path_len + 1;
		}
		int order = i ? strcmp(entry[-1].path, entry->path) : -1;
		if (!path_is_valid(entry->path) || order > 0 || (!order && (!entry[-1].stage || entry[-1].stage >= entry->stage)))
			return damaged(err);
	}
	return 0;
}

/* Takes an octal number, ended by a NUL, as git writes it. */
static bool take_mode(struct slice *bytes, bool *set)
{
	size_t i = 0;
	while (i < bytes->len && i < 7 && bytes->ptr[i] >= '0' && bytes->ptr[i] <= '7')
		i++;
	if (!i || i == bytes->len || bytes->ptr[i] || (*bytes->ptr == '0' && i > 1))
		return false;
	*set = *bytes->ptr != '0';
	*bytes = slice_make(bytes->ptr + i + 1, bytes->len - i - 1);
	return true;
}

/* The extension REUC, of resolved conflicts: a path, NUL, three modes, an id for each that is not 0; by path. git complains of others. */
static bool undo_is_sound(struct slice bytes)
{
	const char *last = NULL;
	while (bytes.len) {
		const char *nul = memchr(bytes.ptr, '\0', bytes.len);
		bool set[3];
		if (!nul || nul == bytes.ptr || (last && strcmp(last, bytes.ptr) >= 0))
			return false;
		last = bytes.ptr;
		bytes = slice_make(nul + 1, bytes.len - (size_t)(nul + 1 - bytes.ptr));
		if (!take_mode(&bytes, &set[0]) || !take_mode(&bytes, &set[1]) || !take_mode(&bytes, &set[2]))
			return false;
		size_t ids = (size_t)(set[0] + set[1] + set[2]) * OID_BYTES;
		if (!ids || ids > bytes.len)
			return false;
		bytes = slice_make(bytes.ptr + ids, bytes.len - ids);
	}
	return true;
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
			file->cached = slice_make((const char *)cursor->at, size);
		} else if (!memcmp(name, "EOIE", 4) || !memcmp(name, "IEOT", 4)) {
			file->is_writable = false; /* git writes them or not, as configured */
		} else if (!memcmp(name, "REUC", 4)) {
			if (!undo_is_sound(slice_make((const char *)cursor->at, size)))
				return damaged(err);
		} else {
			return err_set(err, "the index has an extension other than TREE, REUC, EOIE and IEOT");
		}
		skip(cursor, size);
	}
	return cursor->left == CHECKSUM_BYTES ? 0 : damaged(err);
}

static int parse(struct index_file *file, struct err *err)
{
	const unsigned char *head = file->map.bytes;
	if (file->map.len < HEADER_BYTES + CHECKSUM_BYTES || memcmp(head, "DIRC", 4) != 0)
		return damaged(err);
	struct cursor cursor = {head, head + HEADER_BYTES, file->map.len - HEADER_BYTES, get32(head + 4)};
	size_t count = get32(head + 8);
	if (cursor.version < 2 || cursor.version > 4)
		return err_set(err, "the index has version %u", (unsigned)cursor.version);
	if (count > cursor.left / ENTRY_FIXED)
		return damaged(err);
	file->is_writable = true;
	file->entries = mem_calloc(count, sizeof *file->entries);
	size_t prev = (size_t)-1;
	for (size_t i = 0; i < count; i++)
		if (read_entry(file, &cursor, &prev, err))
			return -1;
	return settle_paths(file, cursor.version, err) || read_extensions(file, &cursor, err) ? -1 : 0;
}

int index_file_read(struct index_file *file, int dir, const char *name, struct err *err)
{
	if (map_open_stat(&file->map, dir, name, err)) {
		bool missing = file->map.missing;
		if (missing)
			err_release(err);
		return missing ? 0 : -1;
	}
	if (parse(file, err))
		return -1;
	file->written = (uint32_t)file->map.st.st_mtim.tv_sec;
	return 0;
}

void index_file_release(struct index_file *file)
{
	free(file->entries);
	map_close(&file->map);
	str_release(&file->paths);
	*file = (struct index_file)INDEX_FILE_INIT;
}

static int compare_path(const void *path, const void *entry)
{
	return strcmp(path, ((const struct index_entry *)entry)->path);
}

const struct index_entry *index_file_find(const struct index_file *file, const char *path)
{
	const struct index_entry *found =
	    file->count ? bsearch(path, file->entries, file->count, sizeof *file->entries, compare_path) : NULL;
	while (found && found > file->entries && !strcmp(found[-1].path, path))
		found--;
	return found;
}
