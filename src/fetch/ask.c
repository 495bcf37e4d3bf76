/* See ask.h. */
#include "fetch/ask.h"

#include "base/message.h"

#include <limits.h>
#include <stdlib.h>

static void put_http(struct str *out, const struct ask_http *http)
{
	message_put_number(out, http->no_verify);
	message_put_text(out, http->ssl_ca_info);
	message_put_text(out, http->ssl_ca_path);
	message_put_text(out, http->proxy);
	message_put_text(out, http->user_agent);
	message_put_text(out, http->cookie_file);
	message_put_args(out, &http->headers);
	message_put_number(out, http->redirects);
	message_put_number(out, http->low_speed_limit);
	message_put_number(out, http->low_speed_time);
	message_put_text(out, http->version);
	message_put_text(out, http->credentials);
}

static void put_ssh(struct str *out, const struct ask_ssh *ssh)
{
	message_put_text(out, ssh->command);
	message_put_text(out, ssh->program);
	message_put_text(out, ssh->variant);
	message_put_text(out, ssh->user);
	message_put_text(out, ssh->host);
	message_put_text(out, ssh->port);
	message_put_text(out, ssh->path);
	message_put_number(out, ssh->ip);
}

void ask_encode_question(struct str *out, const struct ask_question *question)
{
	message_put_number(out, question->transport);
	message_put_text(out, question->url);
	message_put_text(out, question->dir);
	message_put_number(out, question->sha256);
	message_put_number(out, question->connect);
	message_put_number(out, question->version0);
	message_put_args(out, &question->prefixes);
	put_http(out, &question->http);
	put_ssh(out, &question->ssh);
}

static bool get_bool(struct slice *in, bool *value)
{
	int64_t number;
	if (!message_get_number(in, 0, 1, &number))
		return false;
	*value = number;
	return true;
}

static bool get_long(struct slice *in, long *value)
{
	int64_t number;
	if (!message_get_number(in, LONG_MIN, LONG_MAX, &number))
		return false;
	*value = (long)number;
	return true;
}

/* A text that must be there. */
static bool get_name(struct slice *in, const char **text)
{
	return message_get_text(in, text) && *text;
}

static bool get_http(struct slice *in, struct ask_http *http)
{
	int64_t redirects;
	if (!get_bool(in, &http->no_verify) || !message_get_text(in, &http->ssl_ca_info) ||
	    !message_get_text(in, &http->ssl_ca_path) || !message_get_text(in, &http->proxy) ||
	    !message_get_text(in, &http->user_agent) || !message_get_text(in, &http->cookie_file) ||
	    !message_get_args(in, &http->headers) || !message_get_number(in, 0, ASK_REDIRECTS_NONE, &redirects) ||
	    !get_long(in, &http->low_speed_limit) || !get_long(in, &http->low_speed_time) ||
	    !message_get_text(in, &http->version) || !message_get_text(in, &http->credentials))
		return false;
	http->redirects = (enum ask_redirects)redirects;
	return true;
}

static bool get_ssh(struct slice *in, struct ask_ssh *ssh)
{
	int64_t ip;
	if (!message_get_text(in, &ssh->command) || !message_get_text(in, &ssh->program) ||
	    !message_get_text(in, &ssh->variant) || !message_get_text(in, &ssh->user) ||
	    !message_get_text(in, &ssh->host) || !message_get_text(in, &ssh->port) ||
	    !message_get_text(in, &ssh->path) || !message_get_number(in, 0, 6, &ip))
		return false;
	ssh->ip = (int)ip;
	return true;
}

bool ask_decode_question(struct ask_question *question, struct slice bytes)
{
	int64_t transport;
	if (!message_get_number(&bytes, 0, ASK_SSH, &transport) || !get_name(&bytes, &question->url) ||
	    !get_name(&bytes, &question->dir) || !get_bool(&bytes, &question->sha256) ||
	    !get_bool(&bytes, &question->connect) || !get_bool(&bytes, &question->version0) ||
	    !message_get_args(&bytes, &question->prefixes) ||
	    !get_http(&bytes, &question->http) || !get_ssh(&bytes, &question->ssh) || bytes.len)
		return false;
	question->transport = (enum ask_transport)transport;
	return question->transport == ASK_HTTP ? !question->connect : question->ssh.host && question->ssh.path;
}

void ask_question_release(struct ask_question *question)
{
	args_release(&question->prefixes);
	args_release(&question->http.headers);
	*question = (struct ask_question){0};
}

void ask_encode_answer(struct str *out, const struct ask_answer *answer)
{
	message_put_number(out, answer->kind);
	message_put_number(out, answer->reason);
	message_put_text(out, answer->message ? answer->message : "");
	message_put_text(out, answer->share);
	message_put_number(out, (int64_t)answer->count);
	for (size_t i = 0; i < answer->count; i++) {
		message_put_text(out, answer->refs[i].name);
		message_put_text(out, answer->refs[i].id);
		message_put_text(out, answer->refs[i].symref);
		message_put_text(out, answer->refs[i].peeled);
	}
}

struct ask_ref *ask_answer_add(struct ask_answer *answer)
{
	MEM_RESERVE(answer->refs, answer->cap, answer->count + 1);
	struct ask_ref *ref = &answer->refs[answer->count++];
	*ref = (struct ask_ref){0};
	return ref;
}

bool ask_decode_answer(struct ask_answer *answer, struct slice bytes)
{
	int64_t kind, reason, count;
	if (!message_get_number(&bytes, 0, ASK_FAILED, &kind) ||
	    !message_get_number(&bytes, 0, FAILURE_OTHER, &reason) || !get_name(&bytes, &answer->message) ||
	    !message_get_text(&bytes, &answer->share) || !message_get_number(&bytes, 0, (int64_t)bytes.len, &count))
		return false;
	answer->kind = (enum ask_kind)kind;
	answer->reason = (enum failure)reason;
	for (int64_t i = 0; i < count; i++) {
		struct ask_ref *ref = ask_answer_add(answer);
		if (!get_name(&bytes, &ref->name) || !message_get_text(&bytes, &ref->id) ||
		    !message_get_text(&bytes, &ref->symref) || !message_get_text(&bytes, &ref->peeled))
			return false;
	}
	return !bytes.len;
}

void ask_answer_release(struct ask_answer *answer)
{
	free(answer->refs);
	*answer = (struct ask_answer){0};
}
