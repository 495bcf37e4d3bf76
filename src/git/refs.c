/* See refs.h. What git would warn of, or what it reads by old rules, is refused: links, odd names, dangling symbolic
 * references. */
#include "git/refs.h"

#include "base/directory.h"
#include "base/str.h"
#include "git/map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A reference as found: a symbolic one has a target and no id yet. */
struct found {
	char *name;
	char *target;
	struct oid id;
	bool loose;
};

struct finder {
	int dir; /* the git directory */
	bool has_entered; /* a directory below refs/ */
	struct found *list;
	size_t count;
	size_t cap;
	struct err *err;
};

static bool is_odd(char c)
{
	switch (c) {
	case '~':
	case '^':
	case ':':
	case '?':
	case '*':
	case '[':
	case '\\':
	case 127:
		return true;
	default:
		return (unsigned char)c <= ' ';
	}
}

/* Of two bytes of a name, one behind the other. */
static bool are_odd(char before, char c)
{
	return (before == '/' && (c == '/' || c == '.')) || (before == '.' && c == '.') || (before == '@' && c == '{');
}

bool refs_name_is_plain(const char *name)
{
	size_t len = strlen(name);
	if (strncmp(name, "refs/", 5) != 0)
		return false;
	for (const char *p = name + 5; *p; p++)
		if (is_odd(*p) || are_odd(p[-1], *p))
			return false;
	return len < 4096 && name[len - 1] != '/' && name[len - 1] != '.' && !strstr(name, ".lock/") &&
	       !(len > 5 && !strcmp(name + len - 5, ".lock"));
}

static int add_found(struct finder *finder, const char *name, char *target, const struct oid *id, bool loose)
{
	if (!refs_name_is_plain(name) || (target && !refs_name_is_plain(target))) {
		free(target);
		return err_set(finder->err, "a reference has an odd name");
	}
	MEM_RESERVE(finder->list, finder->cap, finder->count + 1);
	finder->list[finder->count++] = (struct found){mem_strdup(name), target, *id, loose};
	return 0;
}

/* What a reference's file says: a target for free(), or an id. */
static int parse_ref(struct slice text, char **target, struct oid *id)
{
	*target = NULL;
	*id = (struct oid){{0}};
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < ' ' && !strchr("\t\n\r", text.ptr[i] ? text.ptr[i] : '\v'))
			return -1;
	if (slice_starts(text, "ref:")) {
		struct slice name = slice_trim(slice_make(text.ptr + 4, text.len - 4));
		*target = mem_dup(name.ptr, name.len);
		return 0;
	}
	if (text.len < OID_HEX || !oid_parse(id, text.ptr) || (text.len > OID_HEX && !byte_is_blank(text.ptr[OID_HEX])))
		return -1;
	return oid_is_zero(id) ? -1 : 0;
}

static struct slice bytes_of(const struct map *map)
{
	return slice_make((const char *)map->bytes, map->len);
}

static int read_loose(struct finder *finder, int dir, const char *base, const char *name)
{
	struct map map = {0};
	char *target;
	struct oid id;
	int failed = map_open(&map, dir, base, finder->err);
	if (!failed && parse_ref(bytes_of(&map), &target, &id))
		failed = err_set(finder->err, "%s is broken", name);
	else if (!failed)
		failed = add_found(finder, name, target, &id, true);
	map_close(&map);
	return failed;
}

/* git passes over names that start with a dot or end in ".lock". */
static bool is_passed_over(const char *name)
{
	size_t len = strlen(name);
	return *name == '.' || (len >= 5 && !strcmp(name + len - 5, ".lock"));
}

/* A directory below refs, and its name. */
struct loose {
	struct finder *finder;
	int dir;
	struct str *name;
};

static int walk_loose(struct finder *finder, int parent, const char *base, struct str *name);

static enum directory_kind ask_kind(int dir, const char *base)
{
	struct stat st;
	if (fstatat(dir, base, &st, AT_SYMLINK_NOFOLLOW))
		return KIND_UNKNOWN;
	return S_ISDIR(st.st_mode) ? KIND_DIRECTORY : S_ISREG(st.st_mode) ? KIND_FILE : KIND_OTHER;
}

static int visit_loose(void *cookie, const char *base, enum directory_kind kind)
{
	struct loose *loose = cookie;
	struct finder *finder = loose->finder;
	struct str *name = loose->name;
	if (is_passed_over(base))
		return 0;
	if (kind == KIND_UNKNOWN)
		kind = ask_kind(loose->dir, base);
	size_t len = name->len;
	int failed;
	str_addc(name, '/');
	str_adds(name, base);
	if (kind == KIND_DIRECTORY)
		failed = name->len > 4096 ? err_set(finder->err, "a reference has an odd name")
					  : walk_loose(finder, loose->dir, base, name);
	else if (kind == KIND_FILE)
		failed = read_loose(finder, loose->dir, base, str_cstr(name));
	else
		failed = err_set(finder->err, "%s is no regular file", str_cstr(name));
	str_truncate(name, len);
	return failed;
}

static int walk_loose(struct finder *finder, int parent, const char *base, struct str *name)
{
	struct loose loose = {finder, openat(parent, base, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW), name};
	if (loose.dir < 0)
		return err_sys(finder->err, errno, "%s", str_cstr(name));
	int failed = directory_read(loose.dir, visit_loose, &loose);
	if (failed && !err_is_set(finder->err))
		err_sys(finder->err, errno, "%s", str_cstr(name));
	close(loose.dir);
	finder->has_entered |= parent != finder->dir;
	return failed;
}

/* git takes nothing for a repository whose references it may not enter. */
static int walk_refs(struct finder *finder)
{
	struct str name = STR_INIT;
	str_adds(&name, "refs");
	int failed = walk_loose(finder, finder->dir, "refs", &name);
	if (!failed && !finder->has_entered && faccessat(finder->dir, "refs", X_OK, 0))
		failed = err_sys(finder->err, errno, "refs");
	str_release(&name);
	return failed;
}

/* A line: an id, a blank and a name that comes after the one before; or what that one peels to. */
static int parse_packed_line(struct finder *finder, const char *line, size_t len, const char **last, bool *peels)
{
	struct oid id;
	bool follows = *peels;
	*peels = *line != '^';
	if (!oid_parse(&id, line + !*peels))
		return -1;
	if (!*peels)
		return follows && len == OID_HEX + 1 ? 0 : -1;
	const char *name = line + OID_HEX + 1;
	if (len <= OID_HEX + 1 || line[OID_HEX] != ' ' || oid_is_zero(&id) || (*last && strcmp(*last, name) >= 0))
		return -1;
	*last = name;
	return add_found(finder, name, NULL, &id, false);
}

/* Cuts the file to lines; a header may come first. -1, with or without a message. */
static int parse_packed(struct finder *finder, struct str *text)
{
	const char *last = NULL;
	bool peels = false;
	if (text->len && (text->data[text->len - 1] != '\n' || slice_has_nul(str_slice(text))))
		return -1;
	for (char *line = text->data, *end; line && *line; line = end + 1) {
		end = strchr(line, '\n');
		*end = '\0';
		if (line == text->data && !strncmp(line, "# pack-refs with: ", 18))
			continue;
		if (parse_packed_line(finder, line, (size_t)(end - line), &last, &peels))
			return -1;
	}
	return 0;
}

static int read_packed(struct finder *finder)
{
	struct map map = {0};
	struct str text = STR_INIT;
	int failed = map_open(&map, finder->dir, "packed-refs", finder->err);
	if (failed && map.missing) {
		err_release(finder->err);
		failed = 0;
	} else if (!failed) {
		str_add_slice(&text, bytes_of(&map));
		failed = parse_packed(finder, &text);
		if (failed && !err_is_set(finder->err))
			err_set(finder->err, "packed-refs is damaged");
	}
	str_release(&text);
	map_close(&map);
	return failed;
}

/* By name, and a loose one before the packed one that it hides. */
static int compare_found(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int order = strcmp(x->name, y->name);
	return order ? order : y->loose - x->loose;
}

static int compare_name(const void *name, const void *found)
{
	return strcmp(name, ((const struct found *)found)->name);
}

static const struct found *resolve(const struct finder *finder, const char *name)
{
	for (int hops = 0; hops < 5 && finder->count; hops++) {
		const struct found *found = bsearch(name, finder->list, finder->count, sizeof *found, compare_name);
		if (!found || !found->target)
			return found;
		name = found->target;
	}
	return NULL;
}

/* Sorts, drops what is hidden, resolves; names move into refs. */
static int settle(struct finder *finder, struct refs *refs)
{
	if (finder->count)
		qsort(finder->list, finder->count, sizeof *finder->list, compare_found);
	size_t kept = 0;
	for (size_t i = 0; i < finder->count; i++) {
		struct found *found = &finder->list[i];
		if (kept && !strcmp(finder->list[kept - 1].name, found->name)) {
			free(found->name);
			free(found->target);
		} else {
			finder->list[kept++] = *found;
		}
	}
	finder->count = kept;
	for (size_t i = 0; i < kept; i++) {
		const struct found *end = resolve(finder, finder->list[i].name);
		if (!end)
			return err_set(finder->err, "%s dangles", finder->list[i].name);
		if (finder->list[i].target && !strncmp(finder->list[i].name, "refs/heads/", 11))
			return err_set(finder->err, "%s is symbolic", finder->list[i].name);
		MEM_RESERVE(refs->list, refs->cap, refs->count + 1);
		refs->list[refs->count++] = (struct ref){mem_strdup(finder->list[i].name), end->id, finder->list[i].target != NULL};
	}
	return 0;
}

static int read_head(struct refs *refs, int dir, struct err *err)
{
	struct map map = {0};
	int failed = map_open(&map, dir, "HEAD", err);
	if (!failed && parse_ref(bytes_of(&map), &refs->head, &refs->head_id))
		failed = err_set(err, "HEAD is broken");
	if (!failed && refs->head && map.len > 255)
		failed = err_set(err, "HEAD is long"); /* git looks at so much to tell a repository */
	map_close(&map);
	if (failed || !refs->head)
		return failed;
	if (!refs_name_is_plain(refs->head) || strncmp(refs->head, "refs/heads/", 11) != 0)
		return err_set(err, "HEAD is no branch");
	const struct ref *branch = refs_find(refs, refs->head);
	refs->unborn = !branch;
	if (branch)
		refs->head_id = branch->id;
	return 0;
}

/* git looks for a name in these places, too, and warns when it finds two. */
static int check_ambiguous(const struct refs *refs, struct err *err)
{
	static const char *const names[] = {
	    "refs/HEAD",
	    "refs/tags/HEAD",
	    "refs/heads/HEAD",
	    "refs/remotes/HEAD",
	    "refs/remotes/HEAD/HEAD",
	    "refs/refs/stash",
	    "refs/tags/refs/stash",
	    "refs/heads/refs/stash",
	    "refs/remotes/refs/stash",
	    "refs/remotes/refs/stash/HEAD",
	    "refs/CHERRY_PICK_HEAD",
	    "refs/tags/CHERRY_PICK_HEAD",
	    "refs/heads/CHERRY_PICK_HEAD",
	    "refs/remotes/CHERRY_PICK_HEAD",
	    "refs/remotes/CHERRY_PICK_HEAD/HEAD",
	    "refs/REVERT_HEAD",
	    "refs/tags/REVERT_HEAD",
	    "refs/heads/REVERT_HEAD",
	    "refs/remotes/REVERT_HEAD",
	    "refs/remotes/REVERT_HEAD/HEAD",
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (refs_find(refs, names[i]))
			return err_set(err, "%s makes a name ambiguous", names[i]);
	return 0;
}

int refs_read(struct refs *refs, int own_dir, int common_dir, struct err *err)
{
	struct finder finder = {.dir = common_dir, .err = err};
	/* Loose first: a reference packed in between is then still seen. */
	int failed = walk_refs(&finder) || read_packed(&finder) || settle(&finder, refs);
	for (size_t i = 0; i < finder.count; i++) {
		free(finder.list[i].name);
		free(finder.list[i].target);
	}
	free(finder.list);
	return failed || check_ambiguous(refs, err) || read_head(refs, own_dir, err) ? -1 : 0;
}

void refs_release(struct refs *refs)
{
	for (size_t i = 0; i < refs->count; i++)
		free(refs->list[i].name);
	free(refs->list);
	free(refs->head);
	*refs = (struct refs)REFS_INIT;
}

static int compare_ref(const void *name, const void *ref)
{
	return strcmp(name, ((const struct ref *)ref)->name);
}

const struct ref *refs_find(const struct refs *refs, const char *name)
{
	return refs->count ? bsearch(name, refs->list, refs->count, sizeof *refs->list, compare_ref) : NULL;
}

const struct ref *refs_under(const struct refs *refs, const char *prefix, size_t *count)
{
	size_t len = strlen(prefix), first = 0;
	while (first < refs->count && strncmp(refs->list[first].name, prefix, len) != 0)
		first++;
	size_t end = first;
	while (end < refs->count && !strncmp(refs->list[end].name, prefix, len))
		end++;
	*count = end - first;
	return refs->list ? refs->list + first : NULL;
}
