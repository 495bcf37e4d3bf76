/* See update.h.
 *
 * A pull that brings nothing still does four things, and so does this: it writes FETCH_HEAD and ORIG_HEAD, says that
 * all is up to date, and collects garbage where that is due (left to git). Everything is looked at before the first
 * file is written. What does bring something is done in halves, see halves.h. */
#include "git/update.h"

#include "base/file.h"
#include "base/path.h"
#include "git/clean.h"
#include "git/fetching.h"
#include "git/halves.h"
#include "git/orig_head.h"
#include "git/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A merge or the like that is under way, or what one left behind. */
static int check_state(const char *git_dir, struct err *err)
{
	static const char *const names[] = {
	    "MERGE_HEAD",	"MERGE_MSG",	"MERGE_MODE",	"MERGE_RR",   "MERGE_AUTOSTASH",  "AUTO_MERGE",
	    "SQUASH_MSG",	"REVERT_HEAD",	"rebase-apply", "sequencer",  "CHERRY_PICK_HEAD", "rebase-merge",
	    "BISECT_LOG",	"index.lock",	"HEAD.lock",	"ORIG_HEAD.lock",
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (layout_has(git_dir, names[i]))
			return err_set(err, "its git directory has %s", names[i]);
	char *log = path_join(git_dir, "logs/ORIG_HEAD");
	struct stat st;
	int failed = !lstat(log, &st) || errno != ENOENT ? err_set(err, "ORIG_HEAD has a reflog, or there can be none") : 0;
	free(log);
	return failed;
}

/* Would git rebase instead of merging? branch.NAME.rebase, else pull.rebase; policy.c knows their values. */
static bool rebases(const struct fetching *fetching)
{
	char *key = mem_format("branch.%s.rebase", fetching->refs.head + strlen("refs/heads/"));
	const char *value = settings_last(&fetching->settings, key);
	if (!value)
		value = settings_last(&fetching->settings, "pull.rebase");
	free(key);
	return value && !settings_is_false(value);
}

/* Where nothing is to be rebased git merges all the same; but before it fetches it wants a clean tree, unless it may stash what is not. */
static int check_rebase(const struct fetching *fetching, struct err *err)
{
	const char *stash = settings_last(&fetching->settings, "rebase.autostash");
	if (fetching->request->operation == NATIVE_MERGE || (stash && settings_is_true(stash)))
		return 0;
	if (stash && !settings_is_false(stash))
		return err_set(err, "rebase.autostash is not understood");
	return clean_check(&fetching->layout, &fetching->settings, &fetching->index, fetching->objects, &fetching->refs.head_id, err);
}

/* Does the current branch contain its upstream? */
static int relate(const struct fetching *fetching, const struct oid *upstream, enum objects_relation *relation, struct err *err)
{
	const struct oid *head = &fetching->refs.head_id;
	bool rebasing = rebases(fetching);
	/* git reads the parents of both, also where they are the same commit. */
	if (!fetching->layout.shallow && objects_check_parents(fetching->objects, head, err))
		return -1;
	if ((rebasing && check_rebase(fetching, err)) || objects_relate(fetching->objects, head, upstream, relation, err))
		return -1;
	/* Then git has something to say even if there is nothing to do. */
	if (rebasing && *relation == OBJECTS_AHEAD && !oid_equal(upstream, head))
		*relation = OBJECTS_APART;
	return 0;
}

/* May a pull be done in halves, where these are the news? */
static int check_news(const struct fetching *fetching, const struct fetch_news *news, struct err *err)
{
	if (!rebases(fetching))
		return 0;
	if (oid_equal(&news->before, &news->after) && !oid_equal(&news->after, &fetching->refs.head_id))
		return err_set(err, "%s has news, and there may be something to rebase", news->name);
	return check_rebase(fetching, err);
}

/* What FETCH_HEAD says that is to be merged: it comes first, and nothing else is. */
static int find_merge(const struct fetching *fetching, struct oid *id, struct err *err)
{
	const struct str *head = &fetching->head;
	if (head->len < OID_HEX + 2 || !oid_parse(id, head->data) || memcmp(head->data + OID_HEX, "\t\t", 2) != 0)
		return err_set(err, "there is nothing to merge");
	const char *end = head->data + head->len;
	for (const char *line = head->data; (line = memchr(line, '\n', (size_t)(end - line))) != NULL && ++line < end;)
		if (end - line < OID_HEX + 2 || !memcmp(line + OID_HEX, "\t\t", 2))
			return err_set(err, "there is much to merge");
	return 0;
}

static int check_branch(const struct fetching *fetching, struct err *err)
{
	if (!fetching->refs.head || fetching->refs.unborn)
		return err_set(err, "HEAD is not on a branch with a commit");
	if (fetching->index.has_conflicts)
		return err_set(err, "the index has conflicts");
	if (!fetching->upstream.name)
		return err_set(err, "%s follows nothing", fetching->refs.head);
	return check_state(fetching->layout.git_dir, err);
}

/* What is fetched is there: is it merged already, or does the branch only have to be moved? */
static int merge(struct fetching *fetching, struct native_result *result, struct err *err)
{
	bool fetched = fetching->request->operation == NATIVE_MERGE;
	enum objects_relation relation;
	struct oid upstream;
	if (find_merge(fetching, &upstream, err) || relate(fetching, &upstream, &relation, err))
		return -1;
	if (relation == OBJECTS_APART)
		return err_set(err, "there may be something to merge or to rebase");
	if (relation == OBJECTS_BEHIND || (fetched && halves_need_garbage(fetching))) {
		if (halves_merge(fetching, rebases(fetching), result, err))
			return -1;
		return fetched ? 0 : fetching_write(fetching, err);
	}
	if (words_add(&result->out, "Already up to date.", err))
		return -1;
	str_addc(&result->out, '\n');
	/* Should the second write fail, git will do both again. */
	return (!fetched && fetching_write(fetching, err)) || orig_head_write(fetching->layout.git_dir, &fetching->refs.head_id, err)
		       ? -1
		       : 0;
}

static int pull(struct fetching *fetching, struct native_result *result, struct err *err)
{
	struct fetch_news news = {0};
	int failed = check_branch(fetching, err) ||
		     fetching_compare(fetching, fetching->upstream.remote, false, halves_pay(fetching) ? &news : NULL, err);
	if (!failed && news.name)
		failed = check_news(fetching, &news, err) || halves_fetch(fetching, &news, result, err);
	else if (!failed && !fetching->asks)
		failed = merge(fetching, result, err);
	free(news.name);
	return failed;
}

/* Goes on where the fetch of `git pull` has ended. */
static int pull_fetched(struct fetching *fetching, struct native_result *result, struct err *err)
{
	char *path = path_join(fetching->layout.git_dir, "FETCH_HEAD");
	int failed = check_branch(fetching, err) || fetching_open_objects(fetching, err) || file_read(path, &fetching->head, err) ||
		     merge(fetching, result, err);
	free(path);
	return failed;
}

int update_native(const struct native_request *request, struct native_result *result, bool *asks, struct err *err)
{
	struct fetching fetching = FETCHING_INIT;
	int failed = fetching_open(&fetching, request, err);
	if (!failed)
		failed = request->operation == NATIVE_MERGE ? pull_fetched(&fetching, result, err) : pull(&fetching, result, err);
	*asks = fetching.asks;
	fetching_release(&fetching);
	return failed ? -1 : 0;
}
