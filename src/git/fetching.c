/* See fetching.h. */
#include "git/fetching.h"

#include "base/file.h"
#include "base/path.h"
#include "git/commit_graph.h"
#include "git/environment.h"
#include "git/garbage.h"
#include "git/shallow.h"
#include "git/tips.h"
#include "git/version.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The one hook that runs where nothing is fetched: it hears of ORIG_HEAD. */
static int check_hook(struct fetching *fetching, struct err *err)
{
	fetching->hooks = settings_hooks(&fetching->settings, fetching->layout.common_dir, err);
	if (!fetching->hooks)
		return -1;
	return layout_has(fetching->hooks, "reference-transaction") ? err_set(err, "it has the hook reference-transaction") : 0;
}

static int check_shallow(const struct layout *layout, struct err *err)
{
	struct history_tips cut = {0};
	int failed = layout->shallow && shallow_read(&cut, layout->common_dir, err);
	free(cut.list);
	return failed;
}

/* What git fetches for submodules hangs on settings of theirs, too. */
static int check_submodules(const struct fetching *fetching, struct err *err)
{
	if (layout_has(fetching->layout.top, ".gitmodules") || index_file_find(&fetching->index, ".gitmodules"))
		return err_set(err, "it has submodules");
	return 0;
}

/* Behind a fetch git collects garbage itself, or not, but in any case goes on. */
static int check_garbage(const struct fetching *fetching, struct err *err)
{
	if (fetching->request->operation == NATIVE_MERGE)
		return 0;
	return garbage_check(fetching->layout.common_dir, &fetching->settings, err);
}

int fetching_open(struct fetching *fetching, const struct native_request *request, struct err *err)
{
	enum policy_role role = request->operation == NATIVE_FETCH ? POLICY_FETCH : POLICY_UPDATE;
	const struct layout *layout = &fetching->layout;
	fetching->request = request;
	if (environment_check(err) || layout_check(&fetching->layout, request, err) || check_shallow(layout, err) ||
	    commit_graph_check(layout->common_dir, err) ||
	    settings_read(&fetching->settings, layout->git_dir, layout->common_dir, layout->dir, role, err) || check_hook(fetching, err) ||
	    check_garbage(fetching, err) || refs_read(&fetching->refs, layout->own_dir, layout->dir, err) ||
	    index_file_read(&fetching->index, layout->own_dir, "index", err) || check_submodules(fetching, err))
		return -1;
	return fetching->refs.head ? remote_upstream(&fetching->upstream, &fetching->settings, fetching->refs.head, err) : 0;
}

void fetching_release(struct fetching *fetching)
{
	objects_close(fetching->objects);
	refs_release(&fetching->refs);
	index_file_release(&fetching->index);
	settings_release(&fetching->settings);
	layout_release(&fetching->layout);
	str_release(&fetching->head);
	free(fetching->hooks);
}

int fetching_open_objects(struct fetching *fetching, struct err *err)
{
	if (fetching->objects)
		return 0;
	fetching->objects = objects_open(fetching->layout.common_dir, fetching->layout.dir);
	return tips_check(fetching->objects, &fetching->layout, &fetching->refs, err);
}

/* Since 2.48 git sets the remote's HEAD when there is none. */
static int check_remote_head(const struct fetching *fetching, const char *remote, struct err *err)
{
	char *name = mem_format("refs/remotes/%s/HEAD", remote);
	bool there = refs_find(&fetching->refs, name) != NULL;
	int failed = there || version_is_before(2, 48) ? 0 : err_set(err, "%s is missing", name);
	free(name);
	return failed;
}

/* Where `git credential` may stand: the same directory for all work trees. */
static char *credential_dir(const struct layout *layout)
{
	if (layout->linked && slice_ends(slice_of(layout->common_dir), "/.git"))
		return path_parent(layout->common_dir);
	return mem_strdup(layout->linked ? layout->common_dir : layout->top);
}

/* Asks the remote what it has: on this machine at once, another one through the caller. 0; 1 when there is no answer yet. */
static int ask(const struct fetching *fetching, const struct remote *remote, const char *upstream, struct advert *advert,
	       struct err *err)
{
	const struct native_request *request = fetching->request;
	if (url_kind(remote->url) == URL_LOCAL || !request->ask)
		return advert_read(advert, remote->url, fetching->layout.top, &fetching->refs, err);
	struct question question = {0};
	char *dir = credential_dir(&fetching->layout);
	int result = question_make(&question, remote, &fetching->settings, dir, upstream, err)
			 ? -1
			 : request->ask(request->ask_context, &question, advert, err);
	question_release(&question);
	free(dir);
	return result;
}

static int compare(struct fetching *fetching, const struct remote *remote, bool all, struct fetch_news *news, struct err *err)
{
	const struct upstream *upstream = &fetching->upstream;
	struct advert advert = {0};
	struct fetch_plan plan = {
	    .remote = remote,
	    .advert = &advert,
	    .ours = &fetching->refs,
	    .follows = upstream->remote != NULL,
	    .upstream = upstream->remote && !strcmp(upstream->remote, remote->name) ? upstream->name : NULL,
	    .all_tags = all || remote->tags == REMOTE_TAGS_ALL,
	    .prune = all || remote->prune,
	    .into_branches = fetching->request->operation == NATIVE_UPDATE,
	    .news = news,
	};
	int result = ask(fetching, remote, plan.upstream, &advert, err);
	fetching->asks |= result > 0;
	if (!result) {
		result = fetching_open_objects(fetching, err);
		plan.objects = fetching->objects;
		if (!result)
			result = fetch_map(&plan, &fetching->head, err);
	}
	advert_release(&advert);
	return result < 0 ? -1 : 0;
}

int fetching_compare(struct fetching *fetching, const char *name, bool all, struct fetch_news *news, struct err *err)
{
	struct remote remote = {0};
	int failed = remote_read(&remote, &fetching->settings, name, err) || check_remote_head(fetching, name, err) ||
		     compare(fetching, &remote, all, news, err);
	remote_release(&remote);
	return failed ? -1 : 0;
}

/* In place, as git does. */
int fetching_write(const struct fetching *fetching, struct err *err)
{
	char *path = path_join(fetching->layout.git_dir, "FETCH_HEAD");
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
	free(path);
	if (fd < 0)
		return err_sys(err, errno, "FETCH_HEAD");
	int failed = file_write_fd(fd, str_cstr(&fetching->head), fetching->head.len);
	failed |= close(fd);
	return failed ? err_sys(err, errno, "FETCH_HEAD") : 0;
}
