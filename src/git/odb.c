/* See odb.h. */
#include "git/odb.h"

#include "base/directory.h"
#include "base/path.h"
#include "git/inflate.h"
#include "git/map.h"
#include "git/pack.h"
#include "git/sha1.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOOSE_LIMIT = 1 << 20 };

struct odb {
	char *path;
	int dir; /* -1: not opened yet */
	bool opened, failed;
	struct pack **packs;
	size_t count;
	size_t cap;
	bool has_others; /* alternates, or an index over several packs */
	struct oid known; /* the object that was found last */
	bool has_known;
};

struct odb *odb_open(const char *objects_dir)
{
	struct odb *odb = mem_calloc(1, sizeof *odb);
	odb->path = mem_strdup(objects_dir);
	odb->dir = -1;
	return odb;
}

void odb_close(struct odb *odb)
{
	if (!odb)
		return;
	for (size_t i = 0; i < odb->count; i++)
		pack_close(odb->packs[i]);
	if (odb->dir >= 0)
		close(odb->dir);
	free(odb->packs);
	free(odb->path);
	free(odb);
}

struct packs {
	struct odb *odb;
	int dir;
	struct err *err;
};

static int visit_pack(void *cookie, const char *name, enum directory_kind kind)
{
	struct packs *packs = cookie;
	struct odb *odb = packs->odb;
	(void)kind;
	odb->has_others |= !strcmp(name, "multi-pack-index");
	if (!slice_ends(slice_of(name), ".idx"))
		return 0;
	MEM_RESERVE(odb->packs, odb->cap, odb->count + 1);
	if (pack_open(&odb->packs[odb->count], packs->dir, name, packs->err))
		return -1;
	odb->count++;
	return 0;
}

static int open_packs(struct odb *odb, struct err *err)
{
	char *path = path_join(odb->path, "pack");
	struct packs packs = {odb, open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err};
	free(path);
	if (packs.dir < 0)
		return errno == ENOENT ? 0 : err_sys(err, errno, "objects/pack");
	int failed = directory_read(packs.dir, visit_pack, &packs);
	if (failed && !err_is_set(err))
		err_sys(err, errno, "objects/pack");
	close(packs.dir);
	return failed;
}

/* Opens the packs, at the first question. */
static int prepare(struct odb *odb, struct err *err)
{
	if (!odb->opened)
		odb->failed = open_packs(odb, err) != 0;
	else if (odb->failed)
		err_set(err, "objects");
	odb->opened = true;
	return odb->failed ? -1 : 0;
}

/* The open directory that loose objects are below; -1 with errno set. */
static int loose_dir(struct odb *odb)
{
	if (odb->dir < 0)
		odb->dir = open(odb->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return odb->dir;
}

static void loose_name(const struct oid *id, char name[OID_HEX + 2])
{
	char hex[OID_HEX + 1];
	oid_format(id, hex);
	memcpy(name, hex, 2);
	name[2] = '/';
	memcpy(name + 3, hex + 2, OID_HEX - 1);
}

static const struct pack *find_packed(const struct odb *odb, const struct oid *id, uint32_t *position)
{
	for (size_t i = 0; i < odb->count; i++)
		if (pack_find(odb->packs[i], id, position))
			return odb->packs[i];
	return NULL;
}

enum odb_answer odb_find(struct odb *odb, const struct oid *id, struct err *err)
{
	char name[OID_HEX + 2];
	uint32_t position;
	struct stat st;
	if (odb->has_known && oid_equal(&odb->known, id))
		return ODB_FOUND;
	if (prepare(odb, err))
		return ODB_FAILED;
	loose_name(id, name);
	if (!find_packed(odb, id, &position) && fstatat(loose_dir(odb), name, &st, 0))
		return ODB_UNKNOWN;
	odb->known = *id;
	odb->has_known = true;
	return ODB_FOUND;
}

static const char *name_of(enum object_type type)
{
	return type == OBJECT_COMMIT ? "commit" : "tag";
}

/* Takes "TYPE SIZE\0" off the front of a loose object. 1 when it is of another type. */
static int strip_header(struct str *text, enum object_type type, struct err *err)
{
	const char *nul = memchr(text->data, '\0', text->len);
	size_t head = nul ? (size_t)(nul - text->data) + 1 : 0;
	char *expected = mem_format("%s %zu", name_of(type), text->len - head);
	bool good = head && !strcmp(text->data, expected);
	bool other = head && strncmp(text->data, expected, strlen(name_of(type)) + 1) != 0;
	free(expected);
	if (!good)
		return other ? 1 : err_set(err, "a loose object is damaged");
	str_consume(text, head);
	return 0;
}

/* 0, 1 when there is none or it is something else, -1. */
static int read_loose(struct odb *odb, const struct oid *id, enum object_type type, struct str *out, struct err *err)
{
	char name[OID_HEX + 2];
	struct map map = {0};
	struct str text = STR_INIT;
	bool whole = false;
	loose_name(id, name);
	int result = map_open(&map, loose_dir(odb), name, err);
	if (result && map.missing) {
		err_release(err);
		result = 1;
	} else if (!result) {
		result = inflate_some(slice_make((const char *)map.bytes, map.len), LOOSE_LIMIT, &text, &whole, err);
		if (!result)
			result = whole ? strip_header(&text, type, err) : 1;
	}
	if (!result)
		str_add_slice(out, str_slice(&text));
	str_release(&text);
	map_close(&map);
	return result;
}

enum odb_answer odb_read(struct odb *odb, const struct oid *id, enum object_type type, struct str *out, struct err *err)
{
	uint32_t position;
	struct oid real;
	if (prepare(odb, err))
		return ODB_FAILED;
	size_t before = out->len;
	const struct pack *pack = find_packed(odb, id, &position);
	int result = pack ? pack_read(pack, position, type, out, err) : read_loose(odb, id, type, out, err);
	if (result)
		return result > 0 ? ODB_UNKNOWN : ODB_FAILED;
	sha1_object(name_of(type), slice_make(out->data + before, out->len - before), &real);
	if (!oid_equal(&real, id))
		return err_set(err, "an object is damaged"), ODB_FAILED;
	return ODB_FOUND;
}

/* Loose objects that begin with the same two digits. */
struct similar {
	const struct oid *id;
	size_t most; /* digits that one has in common with it */
};

static int compare_loose(void *cookie, const char *name, enum directory_kind kind)
{
	struct similar *similar = cookie;
	char hex[OID_HEX + 1];
	struct oid other;
	(void)kind;
	oid_format(similar->id, hex);
	memcpy(hex + 2, name, strnlen(name, OID_HEX - 2));
	if (strlen(name) != OID_HEX - 2 || !oid_parse(&other, hex) || oid_equal(&other, similar->id))
		return 0;
	size_t common = oid_common_digits(similar->id, &other);
	similar->most = common > similar->most ? common : similar->most;
	return 0;
}

enum odb_answer odb_abbreviate(struct odb *odb, const struct oid *id, size_t *digits, struct err *err)
{
	char name[OID_HEX + 2];
	struct similar similar = {id, 0};
	size_t objects = 0, bits = 1;
	if (prepare(odb, err))
		return ODB_FAILED;
	if (odb->has_others || !faccessat(loose_dir(odb), "info/alternates", F_OK, 0))
		return ODB_UNKNOWN;
	for (size_t i = 0; i < odb->count; i++) {
		size_t common = pack_common_digits(odb->packs[i], id);
		similar.most = common > similar.most ? common : similar.most;
		objects += pack_count(odb->packs[i]);
	}
	loose_name(id, name);
	name[2] = '\0';
	int dir = openat(loose_dir(odb), name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = dir >= 0 && directory_read(dir, compare_loose, &similar) ? err_sys(err, errno, "objects") : 0;
	if (dir >= 0)
		close(dir);
	/* Two digits for each doubling of the number of packed objects, at least seven, and one more than any other has in common. */
	while (objects >>= 1)
		bits++;
	size_t least = (bits + 1) / 2 > 7 ? (bits + 1) / 2 : 7;
	*digits = similar.most + 1 > least ? similar.most + 1 : least;
	return failed ? ODB_FAILED : ODB_FOUND;
}
