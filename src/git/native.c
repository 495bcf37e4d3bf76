/* See native.h. From here down: status.c, update.c and fetch.c do the operations. They share the gates (environment, layout, policy,
 * config and settings) and the readers (index_file, refs, objects, oid). Objects are read by odb, pack, midx, delta and inflate, trees by
 * tree, and compared with what commit_graph says; table and chunks are what such files are made of. Only objects.c knows libgit2. A status
 * is a state (state.h), worked out by worktree, untracked, content, ignore, attributes, staged, unpushed, history, stash and standing, and
 * written by status_text. Fetches: fetching, fetch_map and halves, from what configuration (remote, refspec, url) and remote (advert) say;
 * question and http_settings where the remote is elsewhere; connect where git only wants to share a connection. */
#include "git/native.h"

#include "base/err.h"
#include "git/config.h"
#include "git/connect.h"
#include "git/fetch.h"
#include "git/status.h"
#include "git/update.h"

/* The reason may name a file, which may be named anything: no control characters, one line. */
static void explain(struct str *why, const char *text)
{
	for (; *text; text++)
		str_addc(why, (unsigned char)*text < ' ' || *text == 127 ? '?' : *text);
}

static int perform(const struct native_request *request, struct native_result *result, bool *asks, struct err *err)
{
	switch (request->operation) {
	case NATIVE_STATUS:
		return status_native(request, result, err);
	case NATIVE_UPDATE:
	case NATIVE_MERGE:
		return update_native(request, result, asks, err);
	case NATIVE_FETCH:
		return fetch_native(request, &result->out, asks, err);
	case NATIVE_CONNECT_FETCH:
	case NATIVE_CONNECT_PUSH:
	case NATIVE_CONNECT_CLONE:
		return connect_native(request, asks, err);
	}
	return err_set(err, "there is no such operation");
}

enum native_verdict native_git(const struct native_request *request, struct native_result *result)
{
	struct err err = ERR_INIT;
	bool asks = false;
	/* An update may have changed what the user's configuration is linked to. */
	if (request->operation == NATIVE_UPDATE || request->operation == NATIVE_MERGE)
		native_forget();
	int failed = perform(request, result, &asks, &err);
	if (failed) {
		str_clear(&result->out);
		str_clear(&result->script);
		explain(&result->why, err_text(&err));
	}
	err_release(&err);
	return failed ? NATIVE_DECLINED : asks ? NATIVE_ASKS : result->script.len ? NATIVE_RUNS : NATIVE_DONE;
}

void native_forget(void)
{
	config_forget();
}

void native_result_release(struct native_result *result)
{
	str_release(&result->err);
	str_release(&result->out);
	str_release(&result->why);
	str_release(&result->script);
	for (int i = 0; i < NATIVE_PIECES; i++)
		str_release(&result->pieces[i].out);
}
