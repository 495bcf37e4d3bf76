/* See environment.h. */
#include "action/operation_private.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

/* Entries that an environment may own. */
enum { MOST_OWNED = 12 };

static bool is_replaced(const char *entry, const struct environment *environment)
{
	size_t len = strcspn(entry, "=") + 1;
	for (unsigned i = 0; i < environment->owned; i++) {
		if (strncmp(entry, environment->list[i], len) == 0)
			return true;
	}
	return false;
}

/* Does git itself, as we know it, speak with other hosts there? */
static bool is_git_on_the_network(const struct operation *op)
{
	static const char *const actions[] = {"update", "fetch", "push"};
	const char *vcs = vcs_name(&op->vcs);
	if (!op->command)
		return false;
	if (op->is_checkout)
		return slice_starts(slice_trim(op->command->value), "git clone ");
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (!strcmp(op->action, actions[i]))
			return op->command->builtin && vcs && !strcmp(vcs, "git");
	return false;
}

/* Where nobody could answer, as under cron, nothing is to wait for an answer: not on a terminal, nor in a window. What the user chose
 * as his way of asking (GIT_ASKPASS, core.askPass) stays. */
static void forbid_prompts(struct environment *environment)
{
	if (!getenv("GIT_TERMINAL_PROMPT"))
		environment->list[environment->owned++] = mem_strdup("GIT_TERMINAL_PROMPT=0");
	if (getenv("SSH_ASKPASS_REQUIRE"))
		return;
	environment->list[environment->owned++] = mem_strdup("SSH_ASKPASS=");
	environment->list[environment->owned++] = mem_strdup("SSH_ASKPASS_REQUIRE=never");
}

/* For `mr --log remember`: the options, and what takes the place of those that mean something else when they are read again. */
static void add_options(struct environment *environment, const struct operation *op)
{
	const struct operation_plan *plan = op->plan;
	const char *given = plan->given_directory;
	bool moves = given && (given[0] != '/' || op->forced_result != RESULT_NONE);
	environment->list[environment->owned++] = mem_format("MR_OPTIONS=%s", plan->switches);
	environment->list[environment->owned++] = mem_format("MR_MOVED_DIRECTORY=%s", moves ? plan->directory : "");
	environment->list[environment->owned++] = mem_format("MR_MOVED_CONFIG=%s", plan->moved_config ? plan->moved_config : "");
}

char **environment_list(struct environment *environment, const struct operation *op)
{
	size_t count = 0;
	if (environment->list)
		return environment->list;
	while (environ[count])
		count++;
	environment->list = mem_calloc(count + MOST_OWNED + 1, sizeof *environment->list);
	char **list = environment->list;
	size_t dir_len = strlen(op->dir);
	list[environment->owned++] = mem_format("MR_REPO=%.*s", (int)(dir_len > 1 ? dir_len - 1 : dir_len), op->dir);
	list[environment->owned++] = mem_format("MR_CONFIG=%s", section_config(op->repo->section));
	list[environment->owned++] = mem_format("MR_ACTION=%s", op->action);
	if (strcmp(op->action, "remember") == 0)
		add_options(environment, op);
	/* A pager would wait for keys that nobody can press there. */
	if (op->caches || (job_is_captured(op->job) && group_stream_is_terminal(job_group(op->job), STREAM_OUT))) {
		list[environment->owned++] = mem_strdup("PAGER=cat");
		list[environment->owned++] = mem_strdup("GIT_PAGER=cat");
	}
	if (op->share)
		list[environment->owned++] = mem_strdup(op->share);
	if (!group_has_terminal(job_group(op->job)) && is_git_on_the_network(op))
		forbid_prompts(environment);
	size_t used = environment->owned;
	for (size_t i = 0; i < count; i++) {
		if (!is_replaced(environ[i], environment))
			list[used++] = environ[i];
	}
	list[used] = NULL;
	return list;
}

void environment_release(struct environment *environment)
{
	for (unsigned i = 0; i < environment->owned; i++)
		free(environment->list[i]);
	free(environment->list);
	*environment = (struct environment){0};
}
