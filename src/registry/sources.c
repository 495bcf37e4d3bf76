/* See sources.h. */
#include "registry/sources.h"

#include "base/path.h"

#include <stdlib.h>
#include <string.h>

struct place {
	const char *path;
	size_t index;
};

static int compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	int order = strcmp(a->path, b->path);
	return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* The first repository with that path; count when there is none. */
static size_t find_place(const struct place *places, size_t count, const char *path)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(places[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && !strcmp(places[low].path, path) ? places[low].index : count;
}

static struct slice without_quotes(struct slice word)
{
	while (word.len && strchr("'\"", *word.ptr))
		word = slice_make(word.ptr + 1, word.len - 1);
	while (word.len && strchr("'\";", word.ptr[word.len - 1]))
		word.len--;
	return word;
}

/* The path that a word of a command names, seen from dir; NULL where it rather names a host or an option. */
static char *local_path(struct slice word, const char *dir, const char *home)
{
	static const char *const homes[] = {"~/", "$HOME/", "${HOME}/"};
	word = without_quotes(word);
	size_t skip = slice_starts(word, "file:///") ? strlen("file://") : 0;
	if (!word.len || *word.ptr == '-' || (!skip && memchr(word.ptr, ':', word.len)))
		return NULL;
	for (size_t i = 0; i < sizeof homes / sizeof *homes && home && !skip; i++) {
		if (slice_starts(word, homes[i])) {
			skip = strlen(homes[i]);
			dir = home;
		}
	}
	char *name = mem_dup(word.ptr + skip, word.len - skip), *joined = path_join(dir, name);
	char *path = path_normalise(joined);
	free(name);
	free(joined);
	return path;
}

/* Is there a repository before number index whose directory holds path, but not that repository, which waits for such a one anyway? */
static bool comes_from_another(const struct selection *selection, const struct place *places, size_t index, char *path)
{
	const char *own = selection->list[index].path;
	while (path[1]) {
		size_t found = find_place(places, selection->count, path);
		if (found < index && !path_is_within(own, path))
			return true;
		char *slash = strrchr(path, '/');
		slash[slash == path] = '\0';
	}
	return false;
}

static bool is_copy(const struct selection *selection, const struct place *places, size_t index, const char *home)
{
	const struct repo *repo = &selection->list[index];
	const struct setting *checkout = section_get(repo->section, "checkout");
	struct slice rest = checkout ? checkout->value : slice_of(""), word;
	char *dir = path_parent(repo->path);
	bool copy = false;
	for (size_t number = 0; !copy && slice_word(&rest, &word); number++) {
		/* The first two are the program and what it does; a directory may well be called `git`. */
		char *path = number < 2 ? NULL : local_path(word, dir, home);
		if (!path)
			continue;
		char *bare = mem_format("%s.git", path); /* git tries that, too */
		copy = strcmp(path, repo->path) != 0 && (comes_from_another(selection, places, index, bare) ||
							  comes_from_another(selection, places, index, path));
		free(bare);
		free(path);
	}
	free(dir);
	return copy;
}

void sources_mark(struct selection *selection, const char *home)
{
	struct place *places = mem_calloc(selection->count, sizeof *places);
	for (size_t i = 0; i < selection->count; i++)
		places[i] = (struct place){selection->list[i].path, i};
	qsort(places, selection->count, sizeof *places, compare_places);
	for (size_t i = 0; i < selection->count; i++)
		selection->list[i].is_copy = is_copy(selection, places, i, home);
	free(places);
}
