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

/* Might a helper's command mean another file in another directory? */
static bool depends_on_dir(const char *command)
{
	static const char ends[] = " \t='\"!();";
	bool file_follows = false;
	for (const char *word = command; *word; word += strcspn(word, ends)) {
		word += strspn(word, ends);
		struct slice text = slice_make(word, strcspn(word, ends));
		bool elsewhere = !text.len || strchr("/~$-", *word);
		if (!elsewhere && (file_follows || memchr(word, '/', text.len)))
			return true;
		file_follows = slice_is(text, "--file");
	}
	return false;
}

/* What git's answer to "who am I there?" hangs on. */
static void describe_credentials(struct question *question, const struct settings *settings)
{
	struct str all = STR_INIT;
	bool helpers = false, by_dir = false;
	for (size_t i = 0; i < settings->count; i++) {
		struct slice key = slice_of(settings->list[i].key);
		const char *value = settings->list[i].value;
		if (!slice_starts(key, "credential."))
			continue;
		str_addf(&all, "%s=%s\n", key.ptr, value);
		if (!slice_ends(key, ".helper"))
			continue;
		helpers |= *value != '\0';
		by_dir |= depends_on_dir(value);
	}
	if (by_dir)
		str_adds(&all, question->dir);
	question->credentials = helpers ? str_detach(&all) : NULL;
	str_release(&all);
}

static int describe_http(struct question *question, const struct settings *settings, struct err *err)
{
	describe_credentials(question, settings);
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

int question_connect(struct question *question, const char *url, const struct settings *settings, const char *dir, struct err *err)
{
	*question = (struct question){.kind = url_kind(url), .url = url, .dir = dir, .connect = true};
	if (question->kind != URL_SSH)
		return err_set(err, "the remote is not reached by ssh");
	if (!getenv("GIT_SSH_COMMAND") && settings_last(settings, "core.sshcommand"))
		return err_set(err, "core.sshCommand is set");
	return describe_ssh(question, settings, err);
}

void question_release(struct question *question)
{
	free(question->ssl_ca_info);
	free(question->ssl_ca_path);
	free(question->proxy);
	free(question->user_agent);
	free(question->cookie_file);
	free(question->version);
	free(question->credentials);
	args_release(&question->prefixes);
	args_release(&question->headers);
	url_ssh_release(&question->ssh);
	*question = (struct question){0};
}
