/* A command of which a worker answered some lines: their text is shown in its place, and the other lines are run, each run of them by a
 * shell of its own. That is the same as all of it in one shell, since the lines of such a definition have nothing to do with each
 * other. */
#include "action/operation_private.h"

#include <string.h>

static operation_phase piece_ended;

/* How many lines the command has, or 0 when they cannot be told apart from parts of one. */
static int count_lines(struct slice command)
{
	int lines = command.len && command.ptr[command.len - 1] != '\n';
	for (size_t i = 0; i < command.len; i++)
		lines += command.ptr[i] == '\n' && i && command.ptr[i - 1] != '\n';
	return lines;
}

bool pieces_take(struct operation *op, const struct offer_answer *answer)
{
	struct pieces *pieces = &op->pieces;
	bool any = false;
	for (int i = 0; i < OFFER_PIECES; i++)
		any |= answer->pieces[i].done;
	/* Output that is held may be thrown away, or shown where it does not belong to the answer: the whole command is simpler then. */
	if (!any || (op->mode != MODE_SHOW && op->mode != MODE_MINIMAL) || count_lines(op->command->value) != OFFER_PIECES)
		return false;
	for (int i = 0; i < OFFER_PIECES; i++) {
		pieces->done[i] = answer->pieces[i].done;
		str_clear(&pieces->out[i]);
		str_add_slice(&pieces->out[i], answer->pieces[i].out);
	}
	pieces->next = 0;
	return true;
}

void pieces_release(struct pieces *pieces)
{
	for (int i = 0; i < OFFER_PIECES; i++)
		str_release(&pieces->out[i]);
	str_release(&pieces->script);
}

static void show(struct operation *op, struct slice text)
{
	if (text.len && !op->headed && op->mode == MODE_MINIMAL)
		operation_say(op, STREAM_OUT, "%s", str_cstr(&op->header));
	job_say(op->job, STREAM_OUT, text.ptr, text.len);
	op->headed |= text.len > 0;
	op->said |= text.len > 0;
}

/* The command without the lines before from and from to on; they stay as empty ones, so that the shell's line numbers do. */
static void cut(struct str *out, struct slice command, int from, int to)
{
	int line = 0;
	str_clear(out);
	for (size_t i = 0; i < command.len; i++) {
		char c = command.ptr[i];
		if (c == '\n' || (line >= from && line < to))
			str_addc(out, c);
		line += c == '\n' && i && command.ptr[i - 1] != '\n';
	}
}

enum job_want pieces_go_on(struct operation *op, const struct job_event *event, struct job_step *step)
{
	struct pieces *pieces = &op->pieces;
	for (; pieces->next < OFFER_PIECES && pieces->done[pieces->next]; pieces->next++)
		show(op, str_slice(&pieces->out[pieces->next]));
	if (pieces->next == OFFER_PIECES)
		return op->offer.done(op, event, step);
	int from = pieces->next;
	while (pieces->next < OFFER_PIECES && !pieces->done[pieces->next])
		pieces->next++;
	cut(&pieces->script, op->command->value, from, pieces->next);
	return operation_shell(op, step, str_slice(&pieces->script), op->params, piece_ended);
}

static enum job_want piece_ended(struct operation *op, const struct job_event *event, struct job_step *step)
{
	op->headed |= event->said;
	op->said |= event->said;
	if (event->kind != EVENT_EXITED || event->value)
		return op->offer.failed(op, event, step);
	return pieces_go_on(op, event, step);
}
