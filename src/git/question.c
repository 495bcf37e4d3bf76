/* See question.h. */
#include "git/question.h"

#include "base/path.h"
#include "base/str.h"
#include "git/environment.h"
#include "git/http_settings.h"
#include "git/remote.h"
#include "git/settings.h"

#include <stdlib.h>
#include <string.h>

/* A prefix that another one covers is not asked for: so two branches have the same question. */
static void add_prefix(struct args *prefixes, const char *text, size_t len)
{
	for (size_t i = 0; i < prefixes->len; i++)
		if (strlen(prefixes->list[i]) <= len && !memcmp(prefixes->list[i], text, strlen(prefixes->list[i])))
			return;
	args_take(prefixes, mem_dup(text, len));
}

static void add_prefixes(struct question *question, const struct remote *remote, const char *upstream)
{
	for (size_t i = 0; i < remote->count; i++)
		add_prefix(&question->prefixes, remote->specs[i].from, strcspn(remote->specs[i].from, "*"));
	if (upstream)
		add_prefix(&question->prefixes, upstream, strlen(upstream));
	add_prefix(&question->prefixes, "refs/tags/", strlen("refs/tags/"));
}

static int describe_ssh(struct question *question, const struct settings *settings, struct err *err)
{
	question->command = getenv("GIT_SSH_COMMAND");
	if (!question->command)
		question->command = settings_last(settings, "core.sshcommand");
	question->program = question->command ? NULL : getenv("GIT_SSH");
	question->variant = environment_get("GIT_SSH_VARIANT");
	if (!question->variant)
		question->variant = settings_last(settings, "ssh.variant");
	if ((question->command && !*question->command) || (question->program && !*question->program))
		return err_set(err, "the ssh command is empty");
	return url_ssh_parse(&question->ssh, question->url) ? 0 : err_set(err, "%.200s is not understood", question->url);
}

static int describe_http(struct question *question, const struct settings *settings, struct err *err)
{
	for (size_t i = 0; i < settings->count; i++) {
		struct slice key = slice_of(settings->list[i].key);
		if (slice_starts(key, "credential.") && slice_ends(key, ".helper"))
			question->helpers |= *settings->list[i].value != '\0';
	}
	return http_settings(question, settings, err);
}

int question_make(struct question *question, const struct remote *remote, const struct settings *settings, const char *dir,
		  const char *upstream, struct err *err)
{
	const char *version = settings_last(settings, "protocol.version");
	*question = (struct question){.kind = url_kind(remote->url), .url = remote->url, .dir = dir};
	question->version0 = version && strcmp(version, "2") != 0;
	add_prefixes(question, remote, upstream);
	if (question->kind == URL_SSH)
		return describe_ssh(question, settings, err);
	if (question->kind != URL_HTTP)
		return err_set(err, "the remote is reached by a protocol that is left to git");
	return describe_http(question, settings, err);
}

void question_release(struct question *question)
{
	free(question->ssl_ca_info);
	free(question->ssl_ca_path);
	free(question->proxy);
	free(question->user_agent);
	free(question->cookie_file);
	free(question->version);
	args_release(&question->prefixes);
	args_release(&question->headers);
	url_ssh_release(&question->ssh);
	*question = (struct question){0};
}
