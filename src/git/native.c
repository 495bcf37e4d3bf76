/* See native.h. From here down: status.c and update.c do the two operations. They share the gates (environment, layout,
 * policy, config and settings) and the readers (index_file, refs, objects, oid). What status alone needs: worktree,
 * content, ignore, wildmatch, attributes, staged, stash, show; update alone: remote. Only objects.c knows
 * libgit2. */
#include "git/native.h"

#include "base/err.h"
#include "git/config.h"
#include "git/status.h"
#include "git/update.h"

/* The reason may name a file, which may be named anything: no control characters, one line. */
static void explain(struct str *why, const char *text)
{
	for (; *text; text++)
		str_addc(why, (unsigned char)*text < ' ' || *text == 127 ? '?' : *text);
}

bool native_git(const struct native_request *request, struct native_result *result)
{
	struct err err = ERR_INIT;
	/* An update may have changed what the user's configuration is linked to. */
	if (request->operation == NATIVE_UPDATE)
		native_forget();
	int failed = request->operation == NATIVE_STATUS ? status_native(request, result, &err)
							 : update_native(request, &result->out, &err);
	if (failed) {
		str_clear(&result->out);
		explain(&result->why, err_text(&err));
	}
	err_release(&err);
	return !failed;
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
	for (int i = 0; i < NATIVE_PIECES; i++)
		str_release(&result->pieces[i].out);
}
