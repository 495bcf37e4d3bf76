/* Shells of an operation: for its tests, hooks and command, and the one that -i gives to the user. */
#include "action/operation_private.h"

#include "base/path.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

static const char shell_path[] = "/bin/sh";

static enum job_want cannot_start(struct operation *op, struct job_step *step, const struct err *err)
{
	operation_say(op, STREAM_ERR, "mr %s: %s\n", op->action, err_text(err));
	return operation_end(op, step, RESULT_FAILED);
}

enum job_want operation_shell(struct operation *op, struct job_step *step, struct slice command, const struct args *params,
			      operation_phase *phase)
{
	struct err err = ERR_INIT;
	script_release(&op->script);
	script_build(&op->script.text, section_get(op->repo->section, "lib"), command, params);
	if (script_finish(&op->script, &err)) {
		enum job_want want = cannot_start(op, step, &err);
		err_release(&err);
		return want;
	}
	op->phase = phase;
	step->process = (struct process_spec){
	    .file = shell_path,
	    .argv = op->script.argv,
	    .envp = environment_list(&op->environment, op),
	    .cwd = op->cwd,
	    .pass_fd = op->script.fd,
	    .timeout = op->plan->timeout,
	};
	step->merge = op->mode == MODE_MINIMAL || op->mode == MODE_QUIET || op->mode == MODE_CACHED;
	step->hold = op->mode == MODE_QUIET || op->mode == MODE_CACHED || op->mode == MODE_ANSWER;
	step->pseudo_terminal = op->mode == MODE_CACHED;
	step->preface = op->mode == MODE_MINIMAL && !op->headed ? str_cstr(&op->header) : NULL;
	return JOB_SPAWN;
}

void operation_announce(struct operation *op, const char *title, struct slice command)
{
	if (!op->plan->verbose || script_constant(command) != SCRIPT_RUNS)
		return;
	const struct setting *lib = section_get(op->repo->section, "lib");
	if (lib && lib != op->plan->last_lib && !op->library_known) {
		op->plan->last_lib = lib;
		operation_say(op, STREAM_OUT, "mr library now: >>");
		job_say(op->job, STREAM_OUT, lib->value.ptr, lib->value.len);
		operation_say(op, STREAM_OUT, "\n<<\n");
	}
	operation_say(op, STREAM_OUT, "mr %s: running %s >>", title, title);
	job_say(op->job, STREAM_OUT, command.ptr, command.len);
	operation_say(op, STREAM_OUT, "<<\n");
}

static enum job_want after_subshell(struct operation *op, const struct job_event *event, struct job_step *step)
{
	if (event->kind == EVENT_NOT_STARTED)
		operation_say(op, STREAM_ERR, "mr: %s could not be started\n", op->subshell[0]);
	return operation_end(op, step, RESULT_FAILED);
}

static char *user_shell(void)
{
	const struct passwd *user = getpwuid(getuid());
	return mem_strdup(user && user->pw_shell && user->pw_shell[0] ? user->pw_shell : shell_path);
}

enum job_want operation_subshell(struct operation *op, struct job_step *step)
{
	static char interactive[] = "-i";
	op->had_subshell = true;
	op->subshell[0] = user_shell();
	op->subshell[1] = interactive;
	operation_say(op, STREAM_ERR, "mr: Starting interactive shell. Exit shell to continue.\n");
	op->phase = after_subshell;
	step->process = (struct process_spec){
	    .file = op->subshell[0],
	    .argv = op->subshell,
	    .envp = environment_list(&op->environment, op),
	    .cwd = (op->plan->leaf && !op->plan->to_top) || !path_is_dir(op->dir) ? NULL : op->dir,
	};
	step->terminal = true;
	return JOB_SPAWN;
}
