/* See credential.h. */
#include "fetch/credential.h"

#include <stdlib.h>
#include <string.h>

enum { TIMEOUT_MS = 10000 };

/* Somebody who waits for an answer. */
struct credential_fill {
	credential_filled *filled;
	void *context;
};

/* Nobody is to be asked: not on a terminal, not by a window. */
static char *const quiet[] = {
    (char[]){"GIT_TERMINAL_PROMPT=0"},
    (char[]){"GIT_ASKPASS="},
    (char[]){"SSH_ASKPASS="},
    (char[]){"GCM_INTERACTIVE=never"},
    NULL,
};

static void add(struct str *out, const char *key, const char *value)
{
	if (value)
		str_addf(out, "%s=%s\n", key, value);
}

/* A line feed in a value would be another line. */
static bool is_plain(const struct credential *credential)
{
	const char *const texts[] = {credential->protocol, credential->host, credential->path, credential->user,
				     credential->password};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (texts[i] && strpbrk(texts[i], "\n\r"))
			return false;
	}
	return true;
}

static struct child *run(struct loop *loop, const char *verb, const struct credential *credential, const char *dir,
			 child_ended *ended, void *context)
{
	char *verb_copy = mem_strdup(verb);
	char *argv[] = {(char[]){"git"}, (char[]){"credential"}, verb_copy, NULL};
	struct str input = STR_INIT;
	struct child *child = NULL;
	add(&input, "protocol", credential->protocol);
	add(&input, "host", credential->host);
	add(&input, "path", credential->path);
	add(&input, "username", credential->user);
	add(&input, "password", credential->password);
	str_addc(&input, '\n');
	if (is_plain(credential))
		child = child_start(loop,
				    &(struct child_spec){
					.argv = argv,
					.dir = dir,
					.variables = quiet,
					.input = str_slice(&input),
					.timeout = TIMEOUT_MS,
				    },
				    ended, context);
	str_release(&input);
	free(verb_copy);
	return child;
}

/* The value of a line KEY=VALUE; "" when there is none. For str_release(). */
static struct str value_of(struct slice lines, const char *key)
{
	struct str value = STR_INIT;
	size_t key_len = strlen(key);
	while (lines.len) {
		const char *end = memchr(lines.ptr, '\n', lines.len);
		size_t len = end ? (size_t)(end - lines.ptr) : lines.len;
		if (len > key_len && strncmp(lines.ptr, key, key_len) == 0 && lines.ptr[key_len] == '=') {
			str_release(&value);
			str_add(&value, lines.ptr + key_len + 1, len - key_len - 1);
		}
		lines = slice_make(lines.ptr + len + (end != NULL), lines.len - len - (end != NULL));
	}
	return value;
}

static void has_filled(void *context, const struct child_end *end)
{
	struct credential_fill *fill = context;
	struct str user = value_of(end->out, "username"), password = value_of(end->out, "password"),
		   path = value_of(end->out, "path");
	struct credential credential = {0};
	/* What a helper says is for git to show. */
	if (end->status == 0 && user.len && !end->err.len) {
		credential.user = user.data;
		credential.password = str_cstr(&password);
	}
	fill->filled(fill->context, &credential, !path.len);
	str_release(&user);
	str_release(&password);
	str_release(&path);
	free(fill);
}

bool credential_fill(struct loop *loop, const struct credential *credential, const char *dir, credential_filled *filled,
		     void *context)
{
	struct credential_fill *fill = mem_calloc(1, sizeof *fill);
	*fill = (struct credential_fill){filled, context};
	if (run(loop, "fill", credential, dir, has_filled, fill))
		return true;
	free(fill);
	return false;
}

/* Helpers that are being told. */
static unsigned approving;

static void has_approved(void *context, const struct child_end *end)
{
	(void)context;
	(void)end;
	approving--;
}

void credential_approve(struct loop *loop, const struct credential *credential, const char *dir)
{
	approving += run(loop, "approve", credential, dir, has_approved, NULL) != NULL;
}

bool credential_is_approving(void)
{
	return approving > 0;
}
