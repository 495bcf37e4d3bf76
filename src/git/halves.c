/* See halves.h. What `git pull` runs, and when it does not, is that of builtin/pull.c since git 2.33; before, it had more to say. */
#include "git/halves.h"

#include "git/garbage.h"
#include "git/version.h"

#include <string.h>

/* Where there are more of them reading both once more takes as long as what is spared. */
enum { MOST_REFS = 1000, MOST_ENTRIES = 20000 };

static bool is_set_to(const struct fetching *fetching, const char *key, bool (*is)(const char *value))
{
	const char *value = settings_last(&fetching->settings, key);
	return value && is(value);
}

/* As git runs it at the end of a fetch or a merge: 2.47 came to say whether it may go on in the background. */
static const char *maintenance(const struct fetching *fetching)
{
	if (version_is_before(2, 47))
		return "git maintenance run --auto --no-quiet";
	return is_set_to(fetching, "gc.autodetach", settings_is_false) ? "git maintenance run --auto --no-quiet --no-detach"
								       : "git maintenance run --auto --no-quiet --detach";
}

bool halves_pay(const struct fetching *fetching)
{
	return fetching->refs.count <= MOST_REFS && fetching->index.count <= MOST_ENTRIES;
}

/* Would `git pull` do nothing but fetch and fast-forward, whatever the fetch brings? */
static int check_plain(const struct fetching *fetching, struct err *err)
{
	if (version_is_before(2, 33))
		return err_set(err, "this git is old");
	if (*fetching->layout.prefix)
		return err_set(err, "the working directory is not the top");
	if (is_set_to(fetching, "pull.ff", settings_is_false) || is_set_to(fetching, "merge.ff", settings_is_false))
		return err_set(err, "every pull is to be a merge");
	return 0;
}

/* Is one of the branch and its upstream a part of the other? */
static int check_simple(const struct fetching *fetching, const struct oid *upstream, struct err *err)
{
	enum objects_relation relation;
	if (objects_relate(fetching->objects, &fetching->refs.head_id, upstream, &relation, err))
		return -1;
	return relation == OBJECTS_APART ? err_set(err, "the branches have diverged") : 0;
}

/* Where the branch cannot be moved the whole `git pull` is run, which fetches again: that must change nothing. */
int halves_fetch(struct fetching *fetching, const struct fetch_news *news, struct native_result *result, struct err *err)
{
	bool moves = !oid_equal(&news->before, &news->after);
	if (moves && !oid_equal(&news->before, &fetching->refs.head_id))
		return err_set(err, "%s has news, and %s is not what it was", news->name, fetching->refs.head);
	if (moves && news->tags)
		return err_set(err, "%s has news, and there are tags", news->name);
	if (check_plain(fetching, err))
		return -1;
	if (!moves && check_simple(fetching, &news->after, err))
		return -1;
	result->fetches = true;
	str_addf(&result->why, "%s has news", news->name);
	/* `git pull` ends with 1 when its fetch fails, however it does. */
	str_addf(&result->script,
		 "export GIT_REFLOG_ACTION=pull\n"
		 "git fetch --update-head-ok --no-auto-maintenance || { [ $? != 1 ] || %s; exit 1; }",
		 maintenance(fetching));
	return 0;
}

bool halves_need_garbage(const struct fetching *fetching)
{
	struct err ignored = ERR_INIT;
	bool due = garbage_check(fetching->layout.common_dir, &fetching->settings, &ignored) != 0;
	err_release(&ignored);
	return due;
}

/* A hook or a filter would see that git was told something. */
static bool may_tell(const struct fetching *fetching)
{
	const struct settings *settings = &fetching->settings;
	for (size_t i = 0; i < settings->count; i++)
		if (!strncmp(settings->list[i].key, "filter.", 7))
			return false;
	return !layout_has(fetching->hooks, "post-merge") && !layout_has(fetching->hooks, "post-index-change");
}

int halves_merge(struct fetching *fetching, bool rebases, struct native_result *result, struct err *err)
{
	bool due = halves_need_garbage(fetching);
	bool stashes = rebases && is_set_to(fetching, "rebase.autostash", settings_is_true);
	if (check_plain(fetching, err))
		return -1;
	str_adds(&result->why, "the upstream is ahead");
	str_adds(&result->script, "export GIT_REFLOG_ACTION=pull\n");
	if (due)
		str_addf(&result->script, "%s || :\n", maintenance(fetching));
	/* Should somebody commit just now, nothing is merged. */
	str_addf(&result->script, "exec git %smerge %s--ff-only FETCH_HEAD", due || !may_tell(fetching) ? "" : "-c maintenance.auto=false ",
		 stashes ? "--autostash " : "");
	return 0;
}
