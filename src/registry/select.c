/* See select.h. */
#include "registry/select.h"

#include "base/path.h"

#include <stdlib.h>
#include <string.h>

/* A section and its place, before it is known to be selected. */
struct candidate {
	const struct section *section;
	char *path;
	char *text; /* what it is selected by instead, if anything */
};

/* A path below $HOME, where $HOME is or is reached through a link, also has its physical name: that is what getcwd() says. */
static char *in_real_home(const char *path, const char *home, const char *real_home)
{
	bool other = home && real_home && strcmp(home, real_home) != 0 && path_is_within(path, home);
	return other ? mem_format("%s%s", real_home, path + strlen(home)) : mem_strdup(path);
}

static char *path_of(const char *named, const char *home, const char *real_home)
{
	char *path = path_normalise(named), *physical = in_real_home(path, home, real_home);
	char *normal = path_normalise(physical);
	free(path);
	free(physical);
	return normal;
}

/* Behind the last ".." of a path; NULL when it has none. */
static const char *behind_references(const char *path)
{
	const char *end = NULL;
	for (const char *at = path; (at = strstr(at, "/.."));) {
		at += 3;
		if (*at == '/' || *at == '\0')
			end = at;
	}
	return end;
}

/* Where ".." leads to depends on the links before it; NULL when that place has no directory to be in. */
static char *path_with_references(const char *named, const char *end)
{
	char *above = mem_dup(named, (size_t)(end - named)), *real = path_real(above);
	char *joined = real ? mem_format("%s%s", real, end) : NULL;
	char *path = joined ? path_normalise(joined) : NULL;
	char *parent = path ? path_parent(path) : NULL;
	if (parent && !path_is_dir(parent)) {
		free(path);
		path = NULL;
	}
	free(above);
	free(real);
	free(joined);
	free(parent);
	return path;
}

/* As in myrepos a path with ".." in it is known by its text as long as it has no parent directory: so a section outside of the
 * directory of its file is checked out from there for the first time. */
static struct candidate candidate_of(const struct section *section, const char *home, const char *real_home)
{
	const char *named = section_path(section), *end = behind_references(named);
	struct candidate candidate = {section, end ? path_with_references(named, end) : NULL, NULL};
	if (end && !candidate.path)
		candidate.text = in_real_home(named, home, real_home);
	if (!candidate.path)
		candidate.path = path_of(named, home, real_home);
	return candidate;
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	double order_a = section_order(a->section), order_b = section_order(b->section);
	if (order_a < order_b || order_a > order_b)
		return order_a < order_b ? -1 : 1;
	int by_topdir = strcmp(section_topdir(a->section), section_topdir(b->section));
	return by_topdir ? by_topdir : slice_compare(section_name(a->section), section_name(b->section));
}

/* As myrepos counts: seen from the root, that is a directory, too. */
static long depth_below(const char *path, const char *dir)
{
	bool is_root = strcmp(dir, "/") == 0;
	long depth = is_root && path[1];
	for (const char *rest = path + (is_root ? 0 : strlen(dir)); *rest; rest++)
		depth += rest[0] == '/' && rest[1] != '\0';
	return depth;
}

static bool is_selected(const char *path, const char *dir, long max_depth)
{
	return dir && path_is_within(path, dir) && (max_depth < 0 || depth_below(path, dir) <= max_depth);
}

static void take(struct selection *out, struct candidate *candidate)
{
	out->list[out->count++] = (struct repo){candidate->section, candidate->path, -1, false};
	candidate->path = NULL;
}

/* Does the user stand in the repository? What $PWD says may lead out of it through a link. */
static bool contains(const char *path, const struct select_opts *opts)
{
	if (path_is_within(opts->directory, path))
		return true;
	if (!opts->logical || !path_is_within(opts->logical, path))
		return false;
	char *real = path_real(path);
	bool inside = real && path_is_within(opts->directory, real);
	free(real);
	return inside;
}

/* Everything at or below the directory, else the innermost one around it. */
static void choose(struct selection *out, struct candidate *list, size_t count, const struct select_opts *opts)
{
	for (size_t i = 0; i < count; i++) {
		const char *path = list[i].text ? list[i].text : list[i].path;
		if (is_selected(path, opts->directory, opts->max_depth) || is_selected(path, opts->logical, opts->max_depth))
			take(out, &list[i]);
	}
	for (size_t i = count; i-- > 0 && !out->count;) {
		if (contains(list[i].path, opts)) {
			take(out, &list[i]);
			out->leaf = true;
		}
	}
}

static void resolve_all(struct candidate *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *real = path_real(list[i].path);
		if (!real)
			continue;
		free(list[i].path);
		list[i].path = real;
	}
}

/* Paths in the order of a walk: what lies inside a directory directly follows it. */
static int compare_paths(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	int left = *a == '/' ? 1 : *a ? (unsigned char)*a + 2 : 0;
	int right = *b == '/' ? 1 : *b ? (unsigned char)*b + 2 : 0;
	return left - right;
}

struct by_path {
	const char *path;
	size_t index;
};

static int compare_by_path(const void *left, const void *right)
{
	const struct by_path *a = left, *b = right;
	int order = compare_paths(a->path, b->path);
	return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* Walks the paths with the chain of open directories on a stack. A repository that is processed later cannot be waited for. */
static void find_parents(struct selection *selection)
{
	struct by_path *walk = mem_calloc(selection->count, sizeof *walk);
	size_t *open = mem_calloc(selection->count, sizeof *open);
	size_t depth = 0;
	for (size_t i = 0; i < selection->count; i++)
		walk[i] = (struct by_path){selection->list[i].path, i};
	qsort(walk, selection->count, sizeof *walk, compare_by_path);
	for (size_t i = 0; i < selection->count; i++) {
		while (depth && !path_is_within(walk[i].path, selection->list[open[depth - 1]].path))
			depth--;
		for (size_t up = depth; up-- > 0;) {
			if (open[up] < walk[i].index) {
				selection->list[walk[i].index].parent = (long)open[up];
				break;
			}
		}
		open[depth++] = walk[i].index;
	}
	free(walk);
	free(open);
}

void select_repos(struct selection *out, const struct registry *registry, const struct select_opts *opts, size_t first)
{
	*out = (struct selection){0};
	size_t total = registry_section_count(registry), count = 0;
	struct candidate *list = mem_calloc(total - first, sizeof *list);
	char *real_home = opts->home ? path_real(opts->home) : NULL;
	for (size_t i = first; i < total; i++)
		list[count++] = candidate_of(registry_section(registry, i), opts->home, real_home);
	qsort(list, count, sizeof *list, compare_candidates);
	out->list = mem_calloc(count, sizeof *out->list);
	choose(out, list, count, opts);
	if (!out->count) {
		resolve_all(list, count);
		choose(out, list, count, opts);
	}
	find_parents(out);
	for (size_t i = 0; i < count; i++) {
		free(list[i].path);
		free(list[i].text);
	}
	free(list);
	free(real_home);
}

void selection_truncate(struct selection *selection, size_t count)
{
	while (selection->count > count)
		free(selection->list[--selection->count].path);
}

void selection_release(struct selection *selection)
{
	selection_truncate(selection, 0);
	free(selection->list);
	*selection = (struct selection){0};
}
