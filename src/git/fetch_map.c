/* See fetch_map.h. The order of things is that of get_ref_map() and store_updated_refs() in git's builtin/fetch.c. */
#include "git/fetch_map.h"

#include "git/url.h"

#include <stdlib.h>
#include <string.h>

/* A reference of the remote and what it is called here. */
struct mapping {
	const struct advert_ref *there;
	char *tracking;
	bool merge;
};

struct map {
	const struct fetch_plan *plan;
	struct mapping *list;
	size_t count;
	size_t cap;
	struct err *err;
};

/* May this be new? */
static bool note(const struct fetch_plan *plan, const char *name, const char *tracking)
{
	if (!plan->news || !strncmp(tracking, "refs/heads/", 11) || !refs_name_is_plain(tracking))
		return false;
	if (!plan->news->name)
		plan->news->name = mem_strdup(name);
	return true;
}

/* Adds a pair; tracking belongs to the map. Nothing may differ from what is here. */
static int add(struct map *map, const struct advert_ref *there, char *tracking, bool pattern)
{
	const struct fetch_plan *plan = map->plan;
	const struct ref *here = refs_find(plan->ours, tracking);
	int failed = 0;
	if (here && here->symbolic && pattern) {
		free(tracking); /* git leaves those alone */
		return 0;
	}
	bool moves = !here || !oid_equal(&here->id, &there->id);
	if (moves && !note(plan, there->name, tracking))
		failed = err_set(map->err, "%s has news", there->name);
	else if (here && here->symbolic)
		failed = err_set(map->err, "%s is symbolic", tracking);
	else if (!plan->into_branches && !strncmp(tracking, "refs/heads/", 11))
		failed = err_set(map->err, "%s is fetched into", tracking);
	MEM_RESERVE(map->list, map->cap, map->count + 1);
	map->list[map->count++] = (struct mapping){there, tracking, false};
	return failed;
}

static int add_spec(struct map *map, const struct refspec *spec)
{
	const struct advert *advert = map->plan->advert;
	size_t count = map->count;
	for (size_t i = 0; i < advert->count; i++) {
		char *tracking = refspec_tracking(spec, advert->list[i].name);
		if (tracking && add(map, &advert->list[i], tracking, spec->pattern))
			return -1;
	}
	return spec->pattern || map->count > count ? 0 : err_set(map->err, "the remote has no %s", spec->from);
}

/* Marks what is to be merged. A branch that follows what no refspec covers would be fetched all the same. */
static int add_upstream(struct map *map)
{
	const struct fetch_plan *plan = map->plan;
	const char *name = plan->upstream;
	if (!plan->follows && plan->remote->count && !plan->remote->specs[0].pattern && map->count)
		map->list[0].merge = true;
	if (!name)
		return 0;
	size_t len = strlen(name);
	for (size_t i = 0; i < map->count; i++) {
		const char *there = map->list[i].there->name;
		size_t there_len = strlen(there);
		if (there_len > len && there[there_len - len - 1] == '/' && !strcmp(there + there_len - len, name))
			return err_set(map->err, "%s is ambiguous", name);
		if (there_len == len && !strcmp(there, name)) {
			map->list[i].merge = true;
			return 0;
		}
	}
	return err_set(map->err, "the upstream is gone or not fetched");
}

static int compare_tracking(const void *a, const void *b)
{
	const struct mapping *x = *(const struct mapping *const *)a, *y = *(const struct mapping *const *)b;
	int order = strcmp(x->tracking, y->tracking);
	return order ? order : (x > y) - (x < y);
}

/* The first of several pairs that mean the same stays. */
static int drop_duplicates(struct map *map)
{
	const struct mapping **sorted = mem_calloc(map->count, sizeof *sorted);
	int failed = 0;
	for (size_t i = 0; i < map->count; i++)
		sorted[i] = &map->list[i];
	if (map->count)
		qsort(sorted, map->count, sizeof *sorted, compare_tracking);
	for (size_t i = 1; i < map->count && !failed; i++) {
		if (strcmp(sorted[i - 1]->tracking, sorted[i]->tracking) != 0)
			continue;
		if (sorted[i - 1]->there != sorted[i]->there)
			failed = err_set(map->err, "two references are fetched into %s", sorted[i]->tracking);
		map->list[sorted[i] - map->list].there = NULL;
		sorted[i] = sorted[i - 1];
	}
	free(sorted);
	size_t kept = 0;
	for (size_t i = 0; i < map->count; i++) {
		if (map->list[i].there)
			map->list[kept++] = map->list[i];
		else
			free(map->list[i].tracking);
	}
	map->count = kept;
	return failed;
}

/* Would git bring a tag along because it has what the tag points at? With other news more may come. */
static int check_followed_tags(const struct map *map)
{
	const struct fetch_plan *plan = map->plan;
	struct objects *objects = plan->objects;
	for (size_t i = 0; i < plan->advert->count; i++) {
		const struct advert_ref *tag = &plan->advert->list[i];
		if (strncmp(tag->name, "refs/tags/", 10) != 0 || refs_find(plan->ours, tag->name))
			continue;
		int have = objects_have(objects, &tag->id, map->err);
		if (!have && tag->peels)
			have = objects_have(objects, &tag->peeled, map->err);
		if (have < 0)
			return -1;
		if (have && !note(plan, tag->name, tag->name))
			return err_set(map->err, "%s is new", tag->name);
		if (plan->news)
			plan->news->tags = true;
	}
	return 0;
}

/* Notes how the upstream moves. */
static void note_upstream(const struct map *map)
{
	const struct fetch_plan *plan = map->plan;
	for (size_t i = 0; i < map->count; i++) {
		const struct ref *here = refs_find(plan->ours, map->list[i].tracking);
		if (!map->list[i].merge)
			continue;
		plan->news->after = map->list[i].there->id;
		if (here)
			plan->news->before = here->id;
	}
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Is a reference of ours one that the remote used to have? */
static bool is_stale(const struct fetch_plan *plan, const struct ref *ref, const char **names, size_t count)
{
	bool covered = false;
	for (size_t i = 0; i < plan->remote->count; i++) {
		char *source = refspec_source(&plan->remote->specs[i], ref->name);
		const char *key = source;
		bool there = source && bsearch(&key, names, count, sizeof *names, compare_names);
		covered |= source != NULL;
		free(source);
		if (there)
			return false;
	}
	return covered;
}

static int check_stale(const struct map *map)
{
	const struct fetch_plan *plan = map->plan;
	const char **names = mem_calloc(map->count + 1, sizeof *names);
	int failed = 0;
	for (size_t i = 0; i < map->count; i++)
		names[i] = map->list[i].there->name;
	if (map->count)
		qsort(names, map->count, sizeof *names, compare_names);
	for (size_t i = 0; i < plan->ours->count && !failed; i++) {
		const struct ref *ref = &plan->ours->list[i];
		if (!ref->symbolic && is_stale(plan, ref, names, map->count))
			failed = err_set(map->err, "%s is to be pruned", ref->name);
	}
	free(names);
	return failed;
}

static int build(struct map *map)
{
	const struct fetch_plan *plan = map->plan;
	static char all[] = "refs/tags/*";
	static const struct refspec tags = {all, all, true};
	/* Then git fetches the remote's HEAD, and says so. */
	if (!plan->remote->count)
		return err_set(map->err, "%s has no refspec", plan->remote->name);
	for (size_t i = 0; i < plan->remote->count; i++)
		if (add_spec(map, &plan->remote->specs[i]))
			return -1;
	if (add_upstream(map) || (plan->all_tags && add_spec(map, &tags)) || drop_duplicates(map))
		return -1;
	if (!plan->all_tags && plan->remote->tags == REMOTE_TAGS_FOLLOW && check_followed_tags(map))
		return -1;
	if (plan->news)
		note_upstream(map);
	return plan->prune ? check_stale(map) : 0;
}

static void add_kind(struct str *out, const char *name)
{
	static const struct {
		const char *head, *kind;
	} kinds[] = {{"refs/heads/", "branch "}, {"refs/tags/", "tag "}, {"refs/remotes/", "remote-tracking branch "}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t len = strlen(kinds[i].head);
		if (strncmp(name, kinds[i].head, len) != 0)
			continue;
		str_adds(out, kinds[i].kind);
		name += len;
		break;
	}
	str_addf(out, "'%s' of ", name);
}

/* First what is to be merged, then the others. */
static void list(struct str *out, const struct map *map)
{
	char *url = url_shown(map->plan->remote->url);
	for (int merge = 1; merge >= 0; merge--) {
		for (size_t i = 0; i < map->count; i++) {
			char hex[OID_HEX + 1];
			if (map->list[i].merge != merge)
				continue;
			oid_format(&map->list[i].there->id, hex);
			str_addf(out, "%s\t%s\t", hex, merge ? "" : "not-for-merge");
			add_kind(out, map->list[i].there->name);
			str_addf(out, "%s\n", url);
		}
	}
	free(url);
}

int fetch_map(const struct fetch_plan *plan, struct str *out, struct err *err)
{
	struct map map = {.plan = plan, .err = err};
	int failed = build(&map);
	if (!failed)
		list(out, &map);
	for (size_t i = 0; i < map.count; i++)
		free(map.list[i].tracking);
	free(map.list);
	return failed;
}
