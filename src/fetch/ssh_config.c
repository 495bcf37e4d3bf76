/* See ssh_config.h. */
#include "fetch/ssh_config.h"

#include "fetch/ssh_command.h"

#include <stdlib.h>
#include <string.h>

enum { TIMEOUT_MS = 5000 };

/* Somebody who wants to know. */
struct asker {
	ssh_config_told *told;
	void *context;
};

/* The value of a line "key value"; NULL when there is none, or "none". For free(). */
static char *value_of(struct slice lines, const char *key)
{
	size_t key_len = strlen(key);
	while (lines.len) {
		const char *end = memchr(lines.ptr, '\n', lines.len);
		size_t len = end ? (size_t)(end - lines.ptr) : lines.len;
		struct slice line = slice_make(lines.ptr, len);
		if (len > key_len + 1 && slice_starts(line, key) && line.ptr[key_len] == ' ') {
			struct slice value = slice_make(line.ptr + key_len + 1, len - key_len - 1);
			return slice_is(value, "none") ? NULL : mem_dup(value.ptr, value.len);
		}
		lines = slice_make(lines.ptr + len + (end != NULL), lines.len - len - (end != NULL));
	}
	return NULL;
}

static void has_said(void *context, const struct child_end *end)
{
	struct asker *asker = context;
	char *name = value_of(end->out, "hostname"), *command = value_of(end->out, "remotecommand");
	char *control = value_of(end->out, "controlpath"), *strict = value_of(end->out, "stricthostkeychecking");
	char *permits = value_of(end->out, "permitlocalcommand"), *local = value_of(end->out, "localcommand");
	char *x11 = value_of(end->out, "forwardx11");
	struct ssh_config config = {.control = control};
	config.forwards = x11 && strcmp(x11, "no") != 0;
	if (end->status != 0 || !name)
		config.refusal = "the ssh program is not OpenSSH's";
	else if (command)
		config.refusal = "ssh is configured to run a command";
	else if (local && permits && strcmp(permits, "no") != 0)
		config.refusal = "ssh is configured to run a local command";
	else if (strict && strcmp(strict, "true") != 0 && strcmp(strict, "yes") != 0)
		config.refusal = "the ssh command decides about host keys";
	asker->told(asker->context, &config);
	free(name);
	free(command);
	free(control);
	free(strict);
	free(permits);
	free(local);
	free(x11);
	free(asker);
}

bool ssh_config_ask(struct loop *loop, const struct ask_question *question, ssh_config_told *told, void *context)
{
	const char *const options[] = {"-G", "-o", SSH_CONFIG_STRICT, NULL};
	struct asker *asker = mem_calloc(1, sizeof *asker);
	*asker = (struct asker){told, context};
	if (ssh_command_start(loop, question, options, TIMEOUT_MS, has_said, asker))
		return true;
	free(asker);
	return false;
}
