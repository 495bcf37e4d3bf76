/* See asking.h. */
#include "cmd/asking.h"

#include "action/offer.h"
#include "fetch/ask.h"

#include <string.h>

static void describe_http(struct ask_http *http, const struct question *question)
{
	static const enum ask_redirects redirects[] = {
	    [REDIRECTS_INITIAL] = ASK_REDIRECTS_INITIAL,
	    [REDIRECTS_ALL] = ASK_REDIRECTS_ALL,
	    [REDIRECTS_NONE] = ASK_REDIRECTS_NONE,
	};
	*http = (struct ask_http){
	    .no_verify = question->no_verify,
	    .ssl_ca_info = question->ssl_ca_info,
	    .ssl_ca_path = question->ssl_ca_path,
	    .proxy = question->proxy,
	    .user_agent = question->user_agent,
	    .cookie_file = question->cookie_file,
	    .headers = question->headers,
	    .redirects = redirects[question->redirects],
	    .low_speed_limit = question->low_speed_limit,
	    .low_speed_time = question->low_speed_time,
	    .version = question->version,
	    .credentials = question->credentials,
	};
}

static void encode(struct str *out, const struct question *question)
{
	/* The lists are the question's. */
	struct ask_question ask = {
	    .transport = question->kind == URL_SSH ? ASK_SSH : ASK_HTTP,
	    .url = question->url,
	    .dir = question->dir,
	    .connect = question->connect,
	    .version0 = question->version0,
	    .prefixes = question->prefixes,
	    .ssh = {
		.command = question->command,
		.program = question->program,
		.variant = question->variant,
		.user = question->ssh.user,
		.host = question->ssh.host,
		.port = question->ssh.port,
		.path = question->ssh.path,
	    },
	};
	describe_http(&ask.http, question);
	ask_encode_question(out, &ask);
}

static int add_ref(struct advert *advert, const struct ask_ref *ref, struct err *err)
{
	struct oid id, peeled;
	if (!ref->id)
		return 0; /* an unborn HEAD */
	if (strlen(ref->id) != OID_HEX || !oid_parse(&id, ref->id) ||
	    (ref->peeled && (strlen(ref->peeled) != OID_HEX || !oid_parse(&peeled, ref->peeled))))
		return err_set(err, "the remote has object ids of another kind");
	return advert_add(advert, ref->name, &id, ref->peeled ? &peeled : NULL, err);
}

/* The worst of several hosts counts. */
static void note(struct asking *asking, const struct ask_answer *answer)
{
	bool tried = failure_is_transient(answer->reason);
	enum offer_host host = answer->kind == ASK_REFS	     ? OFFER_HOST_REACHED
			       : answer->kind == ASK_UNKNOWN ? OFFER_HOST_UNKNOWN
			       : tried			     ? OFFER_HOST_TRIED
							     : OFFER_HOST_FAILED;
	if (host <= asking->host)
		return;
	asking->host = host;
	asking->reason = answer->reason;
}

static int take(struct asking *asking, const struct question *question, struct slice bytes, struct advert *advert, struct err *err)
{
	struct ask_answer answer = {0};
	int failed = 0;
	if (!ask_decode_answer(&answer, bytes)) {
		failed = err_set(err, "the network service said something odd");
	} else {
		if (!question->connect)
			note(asking, &answer);
		if (answer.share && !asking->share.len)
			str_adds(&asking->share, answer.share);
		if (answer.kind != ASK_REFS)
			failed = err_set(err, "%s", *answer.message ? answer.message : failure_text(answer.reason));
	}
	for (size_t i = 0; i < answer.count && !failed; i++)
		failed = add_ref(advert, &answer.refs[i], err);
	ask_answer_release(&answer);
	return failed;
}

int asking_ask(void *context, const struct question *question, struct advert *advert, struct err *err)
{
	struct asking *asking = context;
	struct slice rest = asking->said, asked, answer;
	struct str bytes = STR_INIT;
	int result = 1;
	encode(&bytes, question);
	while (result > 0 && offer_next_answer(&rest, &asked, &answer))
		if (slice_equal(asked, str_slice(&bytes)))
			result = take(asking, question, answer, advert, err);
	if (result > 0)
		offer_add_question(&asking->questions, str_slice(&bytes));
	str_release(&bytes);
	return result;
}
