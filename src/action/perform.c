/* The command of an operation between its hooks. */
#include "action/cache.h"
#include "action/confine.h"
#include "action/operation_private.h"

#include "base/path.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static operation_phase run_command, command_ended, run_post_hook, enter_checkout, run_fixups, finished;

/* What concerns ~/.mrlog also works where the repository is not there. */
static char *nearest_directory(const char *dir)
{
	char *path = mem_strdup(dir);
	while (!path_is_dir(path)) {
		char *parent = path_parent(path);
		free(path);
		path = parent;
	}
	return path;
}

/* Where commands run: the repository; for a checkout its parent; for a user inside it, where he stands. */
static char *choose_cwd(const struct operation *op)
{
	const struct operation_plan *plan = op->plan;
	if (plan->leaf)
		return mem_strdup(plan->to_top ? op->dir : path_is_dir(plan->directory) ? plan->directory : plan->start_dir);
	if (plan->unrecorded || op->forced_result != RESULT_NONE)
		return nearest_directory(op->dir);
	return op->is_checkout && !plan->checkout_in_place ? path_parent(op->dir) : mem_strdup(op->dir);
}

/* 0, or why nobody can go there. */
static int cannot_enter(const char *dir)
{
	struct stat st;
	if (stat(dir, &st))
		return errno;
	if (!S_ISDIR(st.st_mode))
		return ENOTDIR;
	if (st.st_uid == geteuid() && st.st_mode & S_IXUSR)
		return 0;
	return access(dir, X_OK) ? errno : 0;
}

static enum job_want no_such_dir(struct operation *op, struct job_step *step, const char *dir, int why)
{
	operation_say(op, STREAM_ERR, "mr %s: failed to chdir to %s: %s\n", op->action, dir, strerror(why));
	return operation_end(op, step, RESULT_FAILED);
}

/* Where the user stands, seen from the repository as the section names it; all of it where that is no beginning of it. */
static const char *directory_below(const char *directory, const char *path)
{
	size_t len = strlen(path);
	if (strncmp(directory, path, len) != 0)
		return directory;
	return directory + len + (directory[len] == '/');
}

static void build_header(struct operation *op)
{
	const struct operation_plan *plan = op->plan;
	const char *path = section_path(op->repo->section);
	str_clear(&op->header);
	if (plan->print_action)
		str_addf(&op->header, "mr %s: ", op->action);
	if (plan->print_dir)
		str_adds(&op->header, path);
	if (plan->leaf && plan->print_subdir)
		str_addf(&op->header, " (in subdir %s)", directory_below(plan->directory, path));
	if (op->header.len)
		str_addc(&op->header, '\n');
}

/* A checkout asks for the type only here: a test such as `true` needs no repository. */
static enum job_want no_command(struct operation *op, const struct job_event *event, struct job_step *step)
{
	if (!op->detected)
		return operation_detect(op, event, step, no_command);
	const char *vcs = vcs_name(&op->vcs);
	const char *path = section_path(op->repo->section);
	if (!vcs) {
		operation_complain_vcs(op, op->action);
		operation_say(op, STREAM_ERR, "mr %s: unknown repository type and no defined %s command for %s\n", op->action,
			      op->action, path);
		return operation_end(op, step, RESULT_FAILED);
	}
	if (!op->plan->minimal)
		operation_say(op, STREAM_ERR, "mr %s: no defined action for %s repository %s, skipping\n", op->action, vcs, path);
	return operation_end(op, step, RESULT_SKIPPED);
}

static const struct setting *find_default(struct operation *op)
{
	char *name = mem_format("%s_default", op->action);
	const struct setting *setting = operation_find(op, name);
	free(name);
	return setting;
}

static enum output_mode command_mode(const struct operation *op)
{
	const struct operation_plan *plan = op->plan;
	return op->caches ? MODE_CACHED : plan->quiet ? MODE_QUIET : plan->minimal ? MODE_MINIMAL : MODE_SHOW;
}

/* Output that was held back is shown when the command failed; without -q also when it did not, with -m then only if there is any. */
static void show_held(struct operation *op, const struct job_event *event)
{
	const struct operation_plan *plan = op->plan;
	bool failed = event->kind != EVENT_EXITED || event->value;
	if (op->mode != MODE_QUIET && op->mode != MODE_CACHED)
		return;
	if (plan->quiet ? !failed : plan->minimal && !event->output.len)
		return;
	struct str text = STR_INIT;
	str_add_slice(&text, str_slice(&op->halves.held));
	str_clear(&op->halves.held);
	if (op->mode == MODE_CACHED && !group_stream_is_terminal(job_group(op->job), STREAM_OUT))
		cache_add_plain(&text, event->output);
	else
		str_add_slice(&text, event->output);
	operation_say(op, STREAM_OUT, "%s", str_cstr(&op->header));
	job_say(op->job, plan->quiet ? STREAM_ERR : STREAM_OUT, str_cstr(&text), text.len);
	str_release(&text);
}

static enum job_want hook_ended(struct operation *op, const struct job_event *event, struct job_step *step)
{
	const char *hook = str_cstr(&op->hook);
	operation_keep(op, hook, event);
	show_held(op, event);
	if (op->hook_counts && (event->said || event->output.len))
		op->said = true;
	switch (event->kind) {
	case EVENT_EXITED:
		return event->value ? operation_end(op, step, RESULT_FAILED) : op->after_hook(op, event, step);
	case EVENT_KILLED:
		if (event->value == SIGINT)
			operation_say(op, STREAM_ERR, "mr %s: interrupted\n", hook);
		else
			operation_say(op, STREAM_ERR, "mr %s: received signal %d\n", hook, event->value);
		return operation_abort(op);
	case EVENT_TIMEOUT:
		operation_say(op, STREAM_ERR, "mr %s: took longer than the --timeout\n", hook);
		return operation_end(op, step, RESULT_FAILED);
	default:
		operation_say(op, STREAM_ERR, "mr %s: failed to execute: %s\n", hook, strerror(event->value));
		return operation_end(op, step, RESULT_FAILED);
	}
}

/* Runs the section's hook of that name, if there is one, and goes on with next. */
static enum job_want run_hook(struct operation *op, const struct job_event *event, struct job_step *step, const char *prefix,
			      const char *name, operation_phase *then)
{
	str_clear(&op->hook);
	str_addf(&op->hook, "%s%s", prefix, name);
	const struct setting *setting = section_get(op->repo->section, op->hook.data);
	enum script_constant constant = setting ? script_constant(setting->value) : SCRIPT_TRUE;
	if (constant == SCRIPT_FALSE)
		return operation_end(op, step, RESULT_FAILED);
	if (constant == SCRIPT_TRUE)
		return then(op, event, step);
	operation_announce(op, op->hook.data, setting->value);
	str_clear(&op->header); /* a hook's output stands without one under -m and -q */
	op->after_hook = then;
	op->mode = command_mode(op);
	struct job_event again;
	if (operation_recall(op, op->hook.data, &again))
		return hook_ended(op, &again, step);
	return operation_shell(op, step, setting->value, NULL, hook_ended);
}

/* May the checkout go where it would? Says so if not. */
static bool may_check_out(struct operation *op)
{
	if (!op->is_checkout || !op->command)
		return true;
	const struct section *section = op->repo->section;
	char *leads_out = confine_checkout(section, op->cwd, op->command->value);
	if (leads_out)
		operation_say(op, STREAM_ERR,
			      "mr %s: %s leads out of %s, where the untrusted %s may not write\n"
			      "(To trust this file, list it in ~/.mrtrust.)\n",
			      op->action, leads_out, section_topdir(section), section_file(section));
	bool fine = !leads_out;
	free(leads_out);
	return fine;
}

enum job_want operation_perform(struct operation *op, const struct job_event *event, struct job_step *step)
{
	op->command = operation_find(op, op->action);
	free(op->cwd);
	op->cwd = choose_cwd(op);
	if (!may_check_out(op))
		return operation_end(op, step, RESULT_FAILED);
	if (op->is_checkout && !path_is_dir(op->cwd)) {
		if (op->plan->verbose)
			operation_say(op, STREAM_OUT, "mr %s: creating parent directory %s\n", op->action, op->cwd);
		/* The words are those of mkdir -p, which myrepos calls. */
		if (path_make_dirs(op->cwd))
			operation_say(op, STREAM_ERR, "mkdir: cannot create directory '%s': %s\n", op->cwd, strerror(errno));
	}
	int why = op->entered ? 0 : cannot_enter(op->cwd);
	if (why)
		return no_such_dir(op, step, op->cwd, why);
	if (!op->command)
		op->command = find_default(op);
	if (!op->command)
		return no_command(op, event, step);
	build_header(op);
	op->caches = operation_may_cache(op);
	environment_release(&op->environment); /* a pager is switched off in it */
	if (command_mode(op) == MODE_SHOW)
		operation_say(op, STREAM_OUT, "%s", op->header.len ? op->header.data : "\n");
	op->hook_counts = false;
	return run_hook(op, event, step, "pre_", op->action, run_command);
}

static enum job_want run_shell(struct operation *op, const struct job_event *event, struct job_step *step)
{
	(void)event;
	return operation_shell(op, step, op->command->value, op->params, command_ended);
}

static enum job_want run_command(struct operation *op, const struct job_event *event, struct job_step *step)
{
	(void)event;
	build_header(op);
	op->headed = false;
	op->mode = command_mode(op);
	struct job_event again;
	bool recalled = operation_recall(op, op->action, &again);
	enum script_constant constant = script_constant(op->command->value);
	if (constant == SCRIPT_TRUE)
		return run_post_hook(op, event, step);
	if (constant == SCRIPT_FALSE) {
		/* As in myrepos, where `false` is answered with a wait status of 1. */
		if (op->plan->verbose)
			operation_say(op, STREAM_ERR, "mr %s: failed (1)\n", op->action);
		operation_say(op, STREAM_ERR, "mr %s: command died (1)\n", op->action);
		return operation_end(op, step, RESULT_FAILED);
	}
	operation_announce(op, op->action, op->command->value);
	if (recalled)
		return command_ended(op, &again, step);
	return operation_offer(op, step, run_post_hook, run_shell, command_ended);
}

/* In offline mode a command that failed is remembered: the operation becomes `remember`, and has failed all the same. */
static bool remember(struct operation *op)
{
	if (strcmp(op->action, "remember") == 0 || !op->plan->remembers)
		return false;
	char *log = path_join(op->plan->home, ".mrlog");
	bool offline = path_exists(log);
	free(log);
	if (!offline)
		return false;
	args_push(&op->remembered, "-n");
	args_push(&op->remembered, op->action);
	for (size_t i = 0; i < op->params->len; i++)
		args_push(&op->remembered, op->params->list[i]);
	op->params = &op->remembered;
	op->action = "remember";
	op->forced_result = RESULT_FAILED;
	return true;
}

static enum job_want command_failed(struct operation *op, const struct job_event *event, struct job_step *step)
{
	switch (event->kind) {
	case EVENT_KILLED:
		if (event->value == SIGINT)
			operation_say(op, STREAM_ERR, "mr %s: interrupted\n", op->action);
		else
			operation_say(op, STREAM_ERR, "mr %s: received signal %d\n", op->action, event->value);
		return operation_abort(op);
	case EVENT_NOT_STARTED:
		operation_say(op, STREAM_ERR, "mr %s: failed to execute: %s\n", op->action, strerror(event->value));
		break;
	case EVENT_TIMEOUT:
		operation_say(op, STREAM_ERR, "mr %s: took longer than the --timeout\n", op->action);
		break;
	default:
		operation_give_reason(op, event);
		if (op->plan->verbose)
			operation_say(op, STREAM_ERR, "mr %s: failed (%d)\n", op->action, event->value << 8);
		operation_say(op, STREAM_ERR, "mr %s: command failed\n", op->action);
	}
	if (remember(op))
		return operation_begin(op, event, step);
	return operation_end(op, step, RESULT_FAILED);
}

static enum job_want command_ended(struct operation *op, const struct job_event *event, struct job_step *step)
{
	if (operation_retry(op, event, step, run_shell))
		return JOB_PAUSE;
	operation_keep(op, op->action, event);
	show_held(op, event);
	op->said |= event->said || event->output.len;
	if (event->kind != EVENT_EXITED || event->value)
		return command_failed(op, event, step);
	if (op->is_checkout && !path_is_dir(op->cwd)) {
		operation_say(op, STREAM_ERR, "mr %s: %s missing after checkout\n", op->action, op->cwd);
		return operation_end(op, step, RESULT_FAILED);
	}
	return run_post_hook(op, event, step);
}

static enum job_want run_post_hook(struct operation *op, const struct job_event *event, struct job_step *step)
{
	op->hook_counts = true;
	str_clear(&op->halves.held);
	return run_hook(op, event, step, "post_", op->action, enter_checkout);
}

static enum job_want enter_checkout(struct operation *op, const struct job_event *event, struct job_step *step)
{
	if (!op->is_checkout || op->plan->leaf)
		return run_fixups(op, event, step);
	int why = cannot_enter(op->dir);
	if (why)
		return no_such_dir(op, step, op->dir, why);
	free(op->cwd);
	op->cwd = mem_strdup(op->dir);
	return run_fixups(op, event, step);
}

static enum job_want run_fixups(struct operation *op, const struct job_event *event, struct job_step *step)
{
	op->hook_counts = false;
	if (!op->is_checkout && !op->is_update)
		return finished(op, event, step);
	return run_hook(op, event, step, "", "fixups", finished);
}

static enum job_want finished(struct operation *op, const struct job_event *event, struct job_step *step)
{
	(void)event;
	return operation_end(op, step, RESULT_OK);
}
