/* See connect.h. As git's remote.c chooses: what the command names; for a push branch.NAME.pushRemote, then remote.pushDefault; then
 * branch.NAME.remote; then origin. */
#include "git/connect.h"

#include "base/path.h"
#include "git/config.h"
#include "git/environment.h"
#include "git/layout.h"
#include "git/remote.h"
#include "git/settings.h"

#include <stdlib.h>
#include <string.h>

static const char *branch_setting(const struct settings *settings, const char *branch, const char *name)
{
	char *key = mem_format("branch.%s.%s", branch, name);
	const char *value = *branch ? settings_last(settings, key) : NULL;
	free(key);
	return value;
}

/* NULL with a message. */
static const char *choose_remote(const struct native_request *request, const struct settings *settings, const char *git_dir,
				 struct err *err)
{
	const char *name = NULL;
	if (request->target)
		return request->target;
	char *branch = config_branch(git_dir, err);
	if (!branch)
		return NULL;
	if (request->operation == NATIVE_CONNECT_PUSH)
		name = branch_setting(settings, branch, "pushremote");
	if (request->operation == NATIVE_CONNECT_PUSH && !name)
		name = settings_last(settings, "remote.pushdefault");
	if (!name)
		name = branch_setting(settings, branch, "remote");
	free(branch);
	return name ? name : "origin";
}

/* NULL with a message. */
static char *remote_url(const struct native_request *request, const struct settings *settings, const char *git_dir, struct err *err)
{
	const char *name = choose_remote(request, settings, git_dir, err);
	struct remote remote = {0};
	char *url = NULL;
	if (name && request->operation == NATIVE_CONNECT_PUSH)
		url = remote_push_url(settings, name, err);
	else if (name && !remote_read(&remote, settings, name, err))
		url = mem_strdup(remote.url);
	remote_release(&remote);
	return url;
}

static int ask(const struct native_request *request, const struct settings *settings, const char *url, bool *asks, struct err *err)
{
	struct question question = {0};
	struct advert nothing = {0};
	int result = question_connect(&question, url, settings, request->cwd, err);
	if (!result)
		result = request->ask(request->ask_context, &question, &nothing, err);
	*asks = result > 0;
	advert_release(&nothing);
	question_release(&question);
	return result < 0 ? -1 : *asks ? 0 : err_set(err, "over the run's connection");
}

/* Of a clone only the directory is known, in which the repository will be. */
static int ask_for_clone(const struct native_request *request, bool *asks, struct err *err)
{
	struct settings settings = {0};
	char *git_dir = path_join(request->repo, ".git"), *url = NULL;
	int failed = environment_check(err) || settings_read(&settings, git_dir, git_dir, -1, POLICY_CONNECT, err);
	if (!failed)
		url = remote_rewrite(&settings, request->target, err);
	failed = !url || ask(request, &settings, url, asks, err);
	free(url);
	free(git_dir);
	settings_release(&settings);
	return failed ? -1 : 0;
}

int connect_native(const struct native_request *request, bool *asks, struct err *err)
{
	struct layout layout = {0};
	struct settings settings = {0};
	char *url = NULL;
	if (request->operation == NATIVE_CONNECT_CLONE)
		return ask_for_clone(request, asks, err);
	int failed = environment_check(err) || layout_check(&layout, request, err) ||
		     settings_read(&settings, layout.git_dir, layout.common_dir, layout.dir, POLICY_CONNECT, err);
	if (!failed)
		url = remote_url(request, &settings, layout.git_dir, err);
	failed = !url || ask(request, &settings, url, asks, err);
	free(url);
	settings_release(&settings);
	layout_release(&layout);
	return failed ? -1 : 0;
}
