/* The tests of an operation: is the repository to be skipped, is it one that should be gone? */
#include "action/operation_private.h"

#include "base/path.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static operation_phase check_deleted, after_tests;

static enum job_want decided(struct operation *op, const struct job_event *event, struct job_step *step, bool applies)
{
	bool deleted = strcmp(op->test, "deleted") == 0;
	/* What concerns ~/.mrlog is not about the repository, and what has failed must not get lost. */
	if (op->forced_result != RESULT_NONE || (op->plan->unrecorded && !deleted))
		applies = false;
	if (!applies)
		return deleted ? after_tests(op, event, step) : check_deleted(op, event, step);
	if (deleted && path_is_dir(op->dir)) {
		operation_say(op, STREAM_ERR, "mr error: %s should be deleted yet still exists\n", op->dir);
		return operation_end(op, step, RESULT_FAILED);
	}
	if (op->plan->verbose)
		operation_say(op, STREAM_OUT, "mr %s: skip %s skipped\n", op->action, op->dir);
	return operation_end(op, step, RESULT_SKIPPED);
}

static enum job_want tested(struct operation *op, const struct job_event *event, struct job_step *step)
{
	switch (event->kind) {
	case EVENT_EXITED:
		return decided(op, event, step, event->value == 0);
	case EVENT_KILLED:
		if (event->value == SIGINT)
			operation_say(op, STREAM_ERR, "mr %s: interrupted\n", op->action);
		else
			operation_say(op, STREAM_ERR, "mr %s: %s test received signal %d\n", op->action, op->test,
				      event->value);
		return operation_abort(op);
	case EVENT_TIMEOUT:
		operation_say(op, STREAM_ERR, "mr %s: %s test took longer than the --timeout\n", op->action, op->test);
		return operation_end(op, step, RESULT_FAILED);
	default:
		operation_say(op, STREAM_ERR, "mr %s: failed to execute: %s\n", op->action, strerror(event->value));
		return operation_end(op, step, RESULT_FAILED);
	}
}

/* `skip = lazy` with the library's own function: skipped unless the repository is there. */
static bool is_lazy(const struct operation *op, struct slice command)
{
	const struct setting *lib = section_get(op->repo->section, "lib");
	return slice_is(slice_trim(command), "lazy") && lib && lib->builtin;
}

static enum job_want test(struct operation *op, const struct job_event *event, struct job_step *step, const char *name)
{
	op->test = name;
	const struct setting *setting = operation_find(op, name);
	if (!setting)
		return decided(op, event, step, false);
	/* As in myrepos `false` answers yes, just as `true` does: the status of what runs no shell is not looked at. */
	if (script_constant(setting->value) != SCRIPT_RUNS)
		return decided(op, event, step, true);
	char *title = mem_format("%s test", name);
	operation_announce(op, title, setting->value);
	free(title);
	if (is_lazy(op, setting->value))
		return decided(op, event, step, !path_is_dir(op->dir));
	struct args action = ARGS_INIT;
	args_push(&action, op->action);
	op->mode = MODE_SHOW;
	enum job_want want = operation_shell(op, step, setting->value, &action, tested);
	args_release(&action);
	return want;
}

enum job_want operation_check_skip(struct operation *op, const struct job_event *event, struct job_step *step)
{
	op->test = "skip";
	if (op->plan->force)
		return decided(op, event, step, false);
	return test(op, event, step, "skip");
}

static enum job_want check_deleted(struct operation *op, const struct job_event *event, struct job_step *step)
{
	return test(op, event, step, "deleted");
}

static enum job_want after_tests(struct operation *op, const struct job_event *event, struct job_step *step)
{
	if (op->is_checkout && !op->plan->checkout_in_place && path_is_dir(op->dir)) {
		if (op->plan->verbose)
			operation_say(op, STREAM_OUT, "mr %s: %s already exists, skipping checkout\n", op->action, op->dir);
		return operation_end(op, step, RESULT_SKIPPED);
	}
	if (op->is_update && !path_is_dir(op->dir)) {
		op->action = "checkout";
		return operation_begin(op, event, step);
	}
	return operation_perform(op, event, step);
}
