/* See status.h. */
#include "git/status.h"

#include "git/state.h"
#include "git/status_text.h"

#include <stdlib.h>
#include <string.h>

/* As git decides without a color.* setting. */
static bool wants_colours(const struct native_request *request)
{
	const char *term = getenv("TERM");
	return request->out_is_terminal && term && strcmp(term, "dumb") != 0;
}

static void render(const struct state *state, enum state_part part, bool colours, struct str *out)
{
	struct show show = {state->settings.relative_paths ? state->layout.prefix : "", state->settings.quote_path, colours};
	if (part == STATE_CHANGES)
		show_changes(&show, state, out);
	else if (part == STATE_LOG)
		show_unpushed(state, out);
	else
		show_stashes(state, out);
}

/* What is in the state but cannot be written as git would write it. */
static int check_text(const struct state *state, enum state_part part, bool colours, struct err *err)
{
	const char *abbrev = settings_last(&state->settings, "core.abbrev");
	if (part != STATE_LOG || !state->unpushed.count)
		return 0;
	if (colours)
		return err_set(err, "the log is in colour");
	return abbrev && strcmp(abbrev, "auto") != 0 ? err_set(err, "core.abbrev has the value %.100s", abbrev) : 0;
}

/* git may meet a damaged object also where the native answer did without it: all of it is git's then. */
static void withdraw(struct native_result *result)
{
	for (int i = 0; i < NATIVE_PIECES; i++) {
		result->pieces[i].done = false;
		str_clear(&result->pieces[i].out);
	}
}

/* Only the first reason counts. */
static int answer(struct state *state, const struct native_request *request, struct native_result *result, struct err *err)
{
	int failed = 0;
	for (enum state_part part = 0; part < STATE_PARTS; part++) {
		struct native_piece *piece = &result->pieces[part];
		struct err why = ERR_INIT;
		piece->done = !state_compute(state, part, request, &why) &&
			      !check_text(state, part, wants_colours(request), &why);
		if (piece->done)
			render(state, part, wants_colours(request), &piece->out);
		else if (!failed)
			failed = err_set(err, "%s", err_text(&why));
		err_release(&why);
	}
	result->sole = state->worktree.sole;
	if (failed && objects_broken(state->objects))
		withdraw(result);
	return failed;
}

int status_native(const struct native_request *request, struct native_result *result, struct err *err)
{
	struct state state = {0};
	enum policy_role role = wants_colours(request) ? POLICY_TERMINAL : POLICY_STATUS;
	int failed = state_open(&state, request, role, err) || answer(&state, request, result, err);
	for (int i = 0; i < NATIVE_PIECES && !failed; i++)
		str_add_slice(&result->out, str_slice(&result->pieces[i].out));
	state_release(&state);
	return failed ? -1 : 0;
}
