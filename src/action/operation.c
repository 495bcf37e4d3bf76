/* See operation.h. A chain of phases: each one either asks the task group for a child and names the phase that goes on after it,
 * or goes on by itself. */
#include "action/operation_private.h"

#include "action/independent.h"
#include "action/store.h"
#include "base/path.h"
#include "registry/trust.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct operation *operation_new(struct operation_plan *plan, const struct repo *repo)
{
	struct operation *op = mem_calloc(1, sizeof *op);
	*op = (struct operation){.plan = plan, .repo = repo, .action = plan->action, .params = plan->params};
	op->vcs = (struct vcs)VCS_INIT;
	op->script = (struct script)SCRIPT_INIT;
	return op;
}

/* What is not asked for after the end. There may be thousands of operations, but few under way. */
static void forget_work(struct operation *op)
{
	vcs_release(&op->vcs);
	script_release(&op->script);
	environment_release(&op->environment);
	str_release(&op->header);
	offered_release(&op->offer);
	str_release(&op->foreseen.answer);
	halves_release(&op->halves);
	pieces_release(&op->pieces);
	str_release(&op->hook);
	str_release(&op->recalled);
	free(op->share);
	free(op->cwd);
	op->share = op->cwd = NULL;
}

void operation_free(struct operation *op)
{
	if (!op)
		return;
	forget_work(op);
	args_release(&op->remembered);
	free(op->subshell[0]);
	free(op->store);
	free(op->dir);
	free(op);
}

enum operation_way operation_way(const struct operation *op)
{
	return op->way;
}

enum operation_result operation_result(const struct operation *op)
{
	return op->result;
}

const char *operation_dir(const struct operation *op)
{
	return op->dir ? op->dir : op->repo->path;
}

bool operation_was_remembered(const struct operation *op)
{
	return op->remembered.len > 0;
}

void operation_say(struct operation *op, enum stream stream, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	job_say(op->job, stream, str_cstr(&text), text.len);
	str_release(&text);
}

enum job_want operation_end(struct operation *op, struct job_step *step, enum operation_result result)
{
	const struct operation_plan *plan = op->plan;
	if (op->forced_result != RESULT_NONE)
		result = op->forced_result;
	if (result == RESULT_OK && (op->is_checkout || op->is_update) && plan->succeeded &&
	    !plan->succeeded(plan->succeeded_context, op->job, op->repo))
		result = RESULT_FAILED;
	op->result = result;
	if (result == RESULT_FAILED && plan->interactive && !op->had_subshell)
		return operation_subshell(op, step);
	bool shown = result == RESULT_FAILED || (result == RESULT_OK && !plan->quiet && !(plan->minimal && !op->said));
	if (shown && !plan->unrecorded)
		operation_say(op, STREAM_OUT, "\n");
	return JOB_END;
}

enum job_want operation_abort(struct operation *op)
{
	group_abort(job_group(op->job));
	return JOB_END;
}

/* The command for a name: the setting itself, else (never for checkout, which has no repository yet) the VCS's own. */
const struct setting *operation_find(struct operation *op, const char *name)
{
	const struct setting *setting = section_get(op->repo->section, name);
	if (setting || op->is_checkout)
		return setting;
	operation_complain_vcs(op, name);
	const char *vcs = vcs_name(&op->vcs);
	return vcs ? section_get_vcs(op->repo->section, vcs, name) : NULL;
}

void operation_share(struct operation *op, const char *variable)
{
	free(op->share);
	op->share = mem_strdup(variable);
	environment_release(&op->environment);
}

void operation_complain_vcs(struct operation *op, const char *name)
{
	if (op->vcs.count > 1)
		operation_say(op, STREAM_ERR, "mr %s: found multiple possible repository types (%s) for %s\n", name,
			      str_cstr(&op->vcs.names), section_path(op->repo->section));
}

static bool is_link(const char *path)
{
	struct stat st;
	return lstat(path, &st) || S_ISLNK(st.st_mode);
}

/* The physical path of a directory. Most lie side by side: what is above them is looked at once. */
static char *real_directory(struct operation_plan *plan, const char *path, bool sure)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	bool plain = len && slash[1] && strcmp(slash, "/.") != 0 && strcmp(slash, "/..") != 0;
	if (!plain || (sure && is_link(path)))
		return path_real(path);
	if (!plan->above || strlen(plan->above) != len || strncmp(plan->above, path, len) != 0) {
		free(plan->above);
		free(plan->real_above);
		plan->above = mem_dup(path, len);
		plan->real_above = path_real(plan->above);
	}
	return plan->real_above ? path_join(plan->real_above, slash + 1) : path_real(path);
}

void operation_find_directory(struct operation *op, bool sure)
{
	const char *named = section_path(op->repo->section);
	size_t len = strlen(named);
	if (len > 2 && strcmp(named + len - 2, "/.") == 0)
		len -= 2;
	char *path = mem_dup(named, len), *real = real_directory(op->plan, path, sure);
	free(op->dir);
	op->dir = path_join(real ? real : path, "");
	free(real);
	free(path);
}

/* The same test is asked for every repository. */
static void complain_once(struct operation *op, const char *message)
{
	struct args *complained = &op->plan->complained;
	for (size_t i = 0; i < complained->len; i++) {
		if (strcmp(complained->list[i], message) == 0)
			return;
	}
	args_push(complained, message);
	operation_say(op, STREAM_ERR, "%s\n", message);
}

static enum job_want after_detection(struct operation *op, const struct job_event *event, struct job_step *step)
{
	if (event->kind != EVENT_EXITED) {
		operation_say(op, STREAM_ERR, "mr %s: the test for the repository type did not come to its end\n", op->action);
		return operation_end(op, step, RESULT_FAILED);
	}
	vcs_add_answer(&op->vcs, event->output);
	return op->after_detection(op, event, step);
}

enum job_want operation_begin(struct operation *op, const struct job_event *event, struct job_step *step)
{
	op->is_checkout = strcmp(op->action, "checkout") == 0;
	op->is_update = strstr(op->action, "update") != NULL;
	environment_release(&op->environment); /* it names the action */
	if (!op->dir && operation_foresee(op, step))
		return JOB_CALL;
	if (!op->dir)
		operation_find_directory(op, true);
	if (op->is_checkout || op->detected)
		return operation_check_skip(op, event, step);
	return operation_detect(op, event, step, operation_check_skip);
}

enum job_want operation_detect(struct operation *op, const struct job_event *event, struct job_step *step, operation_phase *then)
{
	op->detected = true;
	op->after_detection = then;
	vcs_detect(&op->vcs, op->plan->vcs_memo, op->repo->section, op->dir);
	for (size_t i = 0; i < op->vcs.unanswered.len; i++)
		complain_once(op, op->vcs.unanswered.list[i]);
	if (!op->vcs.question.len)
		return then(op, event, step);
	op->mode = MODE_ANSWER;
	return operation_shell(op, step, str_slice(&op->vcs.question), NULL, after_detection);
}

/* Did the user say what is run, in so many words? `true` and `false` run nothing. */
static bool runs_something(const struct section *section, const char *prefix, const char *name)
{
	char *full = mem_format("%s%s", prefix, name);
	const struct setting *setting = section_get(section, full);
	free(full);
	return setting && !setting->builtin && script_constant(setting->value) == SCRIPT_RUNS;
}

static bool changes_vcs_commands(const struct section *section, const char *action)
{
	size_t count;
	char *suffix = mem_format("_%s", action);
	const struct named_setting *commands = section_ending(section, suffix, &count);
	free(suffix);
	bool changes = false;
	for (size_t i = 0; i < count; i++)
		changes |= !commands[i].setting->builtin;
	return changes;
}

static bool is_plain_checkout(const struct section *section, const struct setting *command)
{
	size_t count;
	const struct named_setting *templates = section_ending(section, "_trusted_checkout", &count);
	return trust_checkout(command->value, templates, count);
}

/* A test may ask something, too, or wait for what another repository brings. */
static bool has_dependent_test(const struct section *section, bool brings)
{
	static const char *const tests[] = {"skip", "deleted"};
	bool dependent = false;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		dependent |= runs_something(section, "", tests[i]) && !independent_test(section_get(section, tests[i])->value, brings);
	return dependent;
}

/* A command or hook of the user's own may ask something. A checkout that matches a trusted template does not. */
static bool is_user_defined(const struct operation *op, const char *action)
{
	const struct section *section = op->repo->section;
	bool is_checkout = strcmp(action, "checkout") == 0, brings = is_checkout || strstr(action, "update");
	if (has_dependent_test(section, brings) || runs_something(section, "pre_", action) || runs_something(section, "post_", action))
		return true;
	if (brings && runs_something(section, "", "fixups"))
		return true;
	const struct setting *command = section_get(section, action);
	if (is_checkout)
		return command && script_constant(command->value) == SCRIPT_RUNS && !is_plain_checkout(section, command);
	return command ? runs_something(section, "", action) : changes_vcs_commands(section, action);
}

static bool needs_terminal(void *data)
{
	struct operation *op = data;
	const struct operation_plan *plan = op->plan;
	static const char *const interactive[] = {"commit", "record", "run"};
	if (plan->interactive)
		return true;
	if (plan->chosen_jobs)
		return false;
	for (size_t i = 0; i < sizeof interactive / sizeof *interactive; i++) {
		if (strcmp(plan->action, interactive[i]) == 0)
			return true;
	}
	if (op->repo->is_copy) /* what it comes from has to be there, and as new as it gets */
		return true;
	bool becomes_checkout = strstr(plan->action, "update") && !path_is_dir(op->repo->path);
	return is_user_defined(op, becomes_checkout ? "checkout" : plan->action);
}

/* Work trees of one repository share its references, and git gives up where it finds them locked. */
static const char *resource(void *data)
{
	struct operation *op = data;
	static const char *const writers[] = {"clean", "commit", "fetch", "push", "record", "update"};
	for (size_t i = 0; i < sizeof writers / sizeof *writers && !op->store; i++) {
		if (strstr(op->action, writers[i]))
			op->store = store_of(op->repo->path);
	}
	return op->store;
}

static enum job_want next(void *data, struct job *job, const struct job_event *event, struct job_step *step)
{
	struct operation *op = data;
	operation_phase *phase = event->kind == EVENT_START ? operation_begin : op->phase;
	op->job = job;
	script_release(&op->script);
	enum job_want want = phase(op, event, step);
	if (want == JOB_END)
		forget_work(op);
	return want;
}

const struct job_ops operation_job_ops = {needs_terminal, resource, next};
