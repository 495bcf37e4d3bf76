/* See status.h. */
#include "git/status.h"

#include "git/state.h"
#include "git/status_text.h"
#include "git/version.h"

#include <stdlib.h>
#include <string.h>

/* As git decides without a color.* setting. */
static bool wants_colours(const struct native_request *request)
{
	const char *term = getenv("TERM");
	return request->out_is_terminal && term && strcmp(term, "dumb") != 0;
}

/* color.diff is the log's, too. */
static bool log_has_colours(const struct settings *settings)
{
	const char *value = settings_last(settings, "color.diff");
	return !value || !strcmp(value, "auto") || settings_is_true(value);
}

static struct show show_of(const struct state *state, const struct native_request *request)
{
	const struct settings *settings = &state->settings;
	bool colours = wants_colours(request);
	return (struct show){
	    .prefix = settings->relative_paths ? state->layout.prefix : "",
	    .quote_path = settings->quote_path,
	    .colours = colours,
	    .log_colours = colours && log_has_colours(settings),
	};
}

static void render(const struct state *state, enum state_part part, const struct show *show, struct str *out)
{
	if (part == STATE_CHANGES)
		show_changes(show, state, out);
	else if (part == STATE_LOG)
		show_unpushed(show, state, out);
	else
		show_stashes(state, out);
}

/* Only git's own colours are known here, and newer versions have others. */
static int check_colours(const struct settings *settings, struct err *err)
{
	for (size_t i = 0; i < settings->count; i++) {
		const char *key = settings->list[i].key;
		if (!strncmp(key, "color.decorate.", 15) || !strncmp(key, "color.diff.", 11))
			return err_set(err, "%.100s is set", key);
	}
	return version_is_before(2, 43) ? 0 : err_set(err, "the log is in colour");
}

/* What is in the state but cannot be written as git would write it. */
static int check_text(const struct state *state, enum state_part part, const struct show *show, struct err *err)
{
	bool coloured = part == STATE_LOG && state->unpushed.count && show->log_colours;
	return coloured ? check_colours(&state->settings, err) : 0;
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
	const struct show show = show_of(state, request);
	int failed = 0;
	for (enum state_part part = 0; part < STATE_STATUS; part++) {
		struct native_piece *piece = &result->pieces[part];
		struct err why = ERR_INIT;
		piece->done = !state_compute(state, part, request, &why) &&
			      !check_text(state, part, &show, &why);
		if (piece->done)
			render(state, part, &show, &piece->out);
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
