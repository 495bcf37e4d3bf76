/* See odb.h. */
#include "git/odb.h"

#include "base/directory.h"
#include "base/path.h"
#include "git/inflate.h"
#include "git/map.h"
#include "git/midx.h"
#include "git/pack.h"
#include "git/sha1.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LOOSE_LIMIT = 1 << 20,
	MOST_DIGITS = 32, /* git does not make an abbreviation longer for a name that has as many in common */
};

struct odb {
	int base; /* the directory that path is seen from */
	char *path;
	int dir; /* -1: not opened yet */
	bool opened, failed;
	struct known_pack {
		struct pack *pack;
		bool covered; /* git looks for objects in it by the multi-pack-index only */
	} *packs;
	size_t count;
	size_t cap;
	bool has_midx;
	struct midx *midx;
	struct oid found; /* the object that was found last */
	bool has_found;
	struct oid commit; /* and the commit that was read last */
	struct str text;
	bool has_commit;
};

struct odb *odb_open(int dir, const char *objects_dir)
{
	struct odb *odb = mem_calloc(1, sizeof *odb);
	odb->base = dir;
	odb->path = mem_strdup(objects_dir);
	odb->dir = -1;
	return odb;
}

void odb_close(struct odb *odb)
{
	if (!odb)
		return;
	for (size_t i = 0; i < odb->count; i++)
		pack_close(odb->packs[i].pack);
	midx_close(odb->midx);
	str_release(&odb->text);
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
	odb->has_midx |= !strcmp(name, "multi-pack-index");
	if (!slice_ends(slice_of(name), ".idx"))
		return 0;
	MEM_RESERVE(odb->packs, odb->cap, odb->count + 1);
	struct known_pack *known = &odb->packs[odb->count];
	*known = (struct known_pack){0};
	if (pack_open(&known->pack, packs->dir, name, packs->err))
		return -1;
	odb->count++;
	return 0;
}

static struct known_pack *pack_by_name(const struct odb *odb, const char *name)
{
	for (size_t i = 0; i < odb->count; i++)
		if (!strcmp(pack_name(odb->packs[i].pack), name))
			return &odb->packs[i];
	return NULL;
}

static int open_midx(struct odb *odb, int dir, struct err *err)
{
	const char *name;
	if (midx_open(&odb->midx, dir, err))
		return -1;
	for (uint32_t i = 0; (name = midx_pack(odb->midx, i)) != NULL; i++) {
		struct known_pack *known = pack_by_name(odb, name);
		if (!known)
			return err_set(err, "the multi-pack-index is of other packs");
		known->covered = true;
	}
	return 0;
}

static int open_packs(struct odb *odb, struct err *err)
{
	char *path = path_join(odb->path, "pack");
	struct packs packs = {odb, openat(odb->base, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err};
	free(path);
	if (packs.dir < 0)
		return errno == ENOENT ? 0 : err_sys(err, errno, "objects/pack");
	int failed = directory_read(packs.dir, visit_pack, &packs);
	if (failed && !err_is_set(err))
		err_sys(err, errno, "objects/pack");
	if (!failed && odb->has_midx)
		failed = open_midx(odb, packs.dir, err);
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
		odb->dir = openat(odb->base, odb->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
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

/* A packed object: its packs and its position in each. */
struct place {
	const struct pack *pack;
	uint32_t position;
	size_t next; /* pack to look into */
};

/* The next pack that an object is in. */
static bool next_place(const struct odb *odb, const struct oid *id, struct place *place)
{
	while (place->next < odb->count) {
		place->pack = odb->packs[place->next++].pack;
		if (pack_find(place->pack, id, &place->position))
			return true;
	}
	return false;
}

/* Does the multi-pack-index say the same of an object as the packs' own? */
static int check_midx(const struct odb *odb, const struct oid *id, struct err *err)
{
	struct place place = {0};
	uint32_t number = 0;
	uint64_t offset = 0;
	if (!odb->midx)
		return 0;
	const char *name = midx_find(odb->midx, id, &number, &offset) ? midx_pack(odb->midx, number) : "";
	bool agrees = name && !*name;
	while (name && next_place(odb, id, &place)) {
		if (!*name && odb->packs[place.next - 1].covered)
			name = NULL;
		else if (*name && !strcmp(pack_name(place.pack), name))
			agrees = pack_offset(place.pack, place.position) == offset;
	}
	return name && agrees ? 0 : err_set(err, "the multi-pack-index and a pack's index differ");
}

enum odb_answer odb_find(struct odb *odb, const struct oid *id, struct err *err)
{
	char name[OID_HEX + 2];
	struct place place = {0};
	struct stat st;
	if (odb->has_found && oid_equal(&odb->found, id))
		return ODB_FOUND;
	if (prepare(odb, err) || check_midx(odb, id, err))
		return ODB_FAILED;
	loose_name(id, name);
	if (!next_place(odb, id, &place) && fstatat(loose_dir(odb), name, &st, 0))
		return ODB_UNKNOWN;
	odb->found = *id;
	odb->has_found = true;
	return ODB_FOUND;
}

enum odb_answer odb_find_commit(struct odb *odb, const struct oid *id, struct err *err)
{
	struct place place = {0};
	bool found = false, is_commit = true;
	if (prepare(odb, err) || check_midx(odb, id, err))
		return ODB_FAILED;
	while (is_commit && next_place(odb, id, &place)) {
		found = true;
		is_commit = pack_has_commit(place.pack, place.position);
	}
	return found && is_commit ? ODB_FOUND : ODB_UNKNOWN;
}

static const char *name_of(enum object_type type)
{
	static const char *const names[] = {"", "commit", "tree", "blob", "tag"};
	return names[type];
}

/* Takes "TYPE SIZE\0" off the front of a loose object. */
static int strip_header(struct str *text, enum object_type *type, struct err *err)
{
	const char *nul = text->len ? memchr(text->data, '\0', text->len) : NULL;
	size_t head = nul ? (size_t)(nul - text->data) + 1 : 0;
	bool good = false;
	for (enum object_type t = OBJECT_COMMIT; head && !good && t <= OBJECT_TAG; t++) {
		char *expected = mem_format("%s %zu", name_of(t), text->len - head);
		good = !strcmp(text->data, expected);
		*type = t;
		free(expected);
	}
	if (!good)
		return err_set(err, "a loose object is damaged");
	str_consume(text, head);
	return 0;
}

/* 0, 1 when there is none or it is large, -1. */
static int read_loose(struct odb *odb, const struct oid *id, enum object_type *type, struct str *out, struct err *err)
{
	char name[OID_HEX + 2];
	struct map map = {0};
	struct str text = STR_INIT;
	struct inflated found = {0};
	loose_name(id, name);
	int result = map_open(&map, loose_dir(odb), name, err);
	if (result && map.missing) {
		err_release(err);
		result = 1;
	} else if (!result) {
		result = inflate_some(slice_make((const char *)map.bytes, map.len), LOOSE_LIMIT, &text, &found, err);
		if (!result && found.whole && found.left)
			result = err_set(err, "a loose object has garbage behind it");
		else if (!result)
			result = found.whole ? strip_header(&text, type, err) : 1;
	}
	if (!result)
		str_add_slice(out, str_slice(&text));
	str_release(&text);
	map_close(&map);
	return result;
}

static int check_name(const struct oid *id, enum object_type type, struct slice text, struct err *err)
{
	struct oid real;
	sha1_object(name_of(type), text, &real);
	return oid_equal(&real, id) ? 0 : err_set(err, "an object is damaged");
}

/* Reads an object from all packs that have it, since it is not known which of them git takes. As read_loose(). */
static int read_object(struct odb *odb, const struct oid *id, enum object_type *type, struct str *out, struct err *err)
{
	struct place place = {0};
	size_t start = out->len;
	int result = check_midx(odb, id, err) ? -1 : 1;
	bool found = false;
	while (result >= 0 && next_place(odb, id, &place)) {
		str_truncate(out, start);
		result = pack_read(place.pack, place.position, type, out, err);
		if (!result)
			result = check_name(id, *type, slice_make(out->data + start, out->len - start), err);
		if (result)
			return result;
		found = true;
	}
	if (result < 0 || found)
		return result;
	result = read_loose(odb, id, type, out, err);
	return result ? result : check_name(id, *type, slice_make(out->data + start, out->len - start), err);
}

enum odb_answer odb_read(struct odb *odb, const struct oid *id, enum object_type *type, struct str *out, struct err *err)
{
	size_t start = out->len;
	if (odb->has_commit && oid_equal(&odb->commit, id)) {
		*type = OBJECT_COMMIT;
		str_add_slice(out, str_slice(&odb->text));
		return ODB_FOUND;
	}
	if (prepare(odb, err))
		return ODB_FAILED;
	str_room(out, 1); /* there is memory even for an empty object */
	int result = read_object(odb, id, type, out, err);
	if (result) {
		str_truncate(out, start);
		return result > 0 ? ODB_UNKNOWN : ODB_FAILED;
	}
	if (*type == OBJECT_COMMIT) {
		str_clear(&odb->text);
		str_add(&odb->text, out->data + start, out->len - start);
		odb->commit = *id;
		odb->has_commit = true;
	}
	return ODB_FOUND;
}

enum odb_answer odb_check_loose(struct odb *odb, const struct oid *id, struct err *err)
{
	struct place place = {0};
	struct str text = STR_INIT;
	enum object_type type;
	if (odb->has_commit && oid_equal(&odb->commit, id))
		return ODB_FOUND;
	if (prepare(odb, err) || check_midx(odb, id, err))
		return ODB_FAILED;
	enum odb_answer answer = next_place(odb, id, &place) ? ODB_FOUND : odb_read(odb, id, &type, &text, err);
	str_release(&text);
	return answer;
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
	if (common < MOST_DIGITS && common > similar->most)
		similar->most = common;
	return 0;
}

enum odb_answer odb_abbreviate(struct odb *odb, const struct oid *id, size_t *digits, struct err *err)
{
	char name[OID_HEX + 2];
	struct similar similar = {id, 0};
	size_t objects = 0, bits = 1;
	if (prepare(odb, err))
		return ODB_FAILED;
	if (odb->has_midx || !faccessat(loose_dir(odb), "info/alternates", F_OK, 0))
		return ODB_UNKNOWN;
	for (size_t i = 0; i < odb->count; i++) {
		size_t common = pack_common_digits(odb->packs[i].pack, id);
		similar.most = common > similar.most ? common : similar.most;
		objects += pack_count(odb->packs[i].pack);
	}
	loose_name(id, name);
	name[2] = '\0';
	int dir = openat(loose_dir(odb), name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = dir < 0 ? errno != ENOENT : directory_read(dir, compare_loose, &similar);
	if (failed)
		err_sys(err, errno, "objects");
	if (dir >= 0)
		close(dir);
	/* By default two digits for each doubling of the number of packed objects, at least seven; and one more than any other has in
	 * common. */
	while (objects >>= 1)
		bits++;
	size_t least = *digits ? *digits : (bits + 1) / 2 > 7 ? (bits + 1) / 2 : 7;
	*digits = similar.most + 1 > least ? similar.most + 1 : least;
	return failed ? ODB_FAILED : ODB_FOUND;
}
