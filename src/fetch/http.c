/* See http.h.
 *
 * Queries are queued by origin: the host and everything that makes connections to it different. The first one goes
 * alone; it shows whether the host is there, how many requests its connection takes and whether it wants a password.
 * Then the others follow. */
#include "fetch/http.h"

#include "base/path.h"
#include "fetch/credential.h"
#include "fetch/multi.h"
#include "fetch/transfer.h"

#include <stdlib.h>
#include <string.h>

enum {
	HTTP2_REQUESTS = 100, /* what every server takes on one connection, and libcurl's own limit */
	HTTP1_CONNECTIONS = 8,
	MOST_MISSES = 3,       /* one after the other, until a host is given up */
	FIRST_ALONE_MS = 3000, /* for as long others wait for the first answer */
};

enum origin_state {
	ORIGIN_UNTRIED,
	ORIGIN_TRYING, /* the first query is under way */
	ORIGIN_PROVEN,
	ORIGIN_DOWN, /* and will be for the rest of the run */
};

enum origin_credential {
	CREDENTIAL_UNKNOWN,
	CREDENTIAL_AWAITED, /* the helpers are asked */
	CREDENTIAL_THERE,
	CREDENTIAL_APPROVED, /* the server took it, and the helpers know that */
	CREDENTIAL_NONE,
};

struct origin {
	struct http *http;
	char *key;
	enum origin_state state;
	bool multiplexes;
	unsigned in_flight;
	struct query_queue queue;
	struct timer timer; /* for the next attempt after a failure, and for patience */
	msec not_before;
	unsigned misses;  /* queries given up since the last answer */
	msec tried_since; /* TRYING */
	enum failure down_reason;
	char *down_message;
	enum origin_credential credential;
	struct transfer_target asked_for; /* whom the credential is for */
	char *asked_in;
	char *user, *password;
};

struct http {
	struct loop *loop;
	const struct query_limits *limits;
	struct multi *multi; /* NULL: libcurl cannot be used */
	struct origin **origins;
	size_t count, cap;
};

/* A query under way. */
struct attempt {
	struct origin *origin;
	struct query *query;
	struct transfer_target target;
	struct transfer *transfer;
};

static void origin_go(struct origin *origin);
static void origin_due(void *context);
static multi_ended transfer_ended;

struct http *http_new(struct loop *loop, const struct query_limits *limits)
{
	struct http *http = mem_calloc(1, sizeof *http);
	*http = (struct http){.loop = loop, .limits = limits};
	unsigned connections = limits->jobs_per_host ? limits->jobs_per_host : HTTP1_CONNECTIONS;
	http->multi = multi_new(loop, connections, transfer_ended, http);
	return http;
}

static void add_key(struct str *key, const char *text)
{
	str_adds(key, text ? text : "");
	str_addc(key, '\n');
}

/* Everything that decides about the connection, or about what the helpers answer. */
static char *key_of(const struct ask_question *question, const struct transfer_target *target)
{
	const struct ask_http *http = &question->http;
	struct str key = STR_INIT;
	add_key(&key, target->origin);
	add_key(&key, target->user);
	add_key(&key, target->password);
	add_key(&key, http->no_verify ? "no" : "yes");
	add_key(&key, http->ssl_ca_info);
	add_key(&key, http->ssl_ca_path);
	add_key(&key, http->proxy);
	add_key(&key, http->version);
	add_key(&key, http->credentials);
	for (size_t i = 0; i < http->headers.len; i++)
		add_key(&key, http->headers.list[i]);
	return str_detach(&key);
}

/* Takes the key. */
static struct origin *origin_of(struct http *http, char *key, const struct transfer_target *target)
{
	for (size_t i = 0; i < http->count; i++) {
		if (strcmp(http->origins[i]->key, key) == 0) {
			free(key);
			return http->origins[i];
		}
	}
	struct origin *origin = mem_calloc(1, sizeof *origin);
	origin->http = http;
	origin->key = key;
	if (target->user && target->password) {
		origin->credential = CREDENTIAL_APPROVED; /* nobody needs to be told */
		origin->user = mem_strdup(target->user);
		origin->password = mem_strdup(target->password);
	}
	MEM_RESERVE(http->origins, http->cap, http->count + 1);
	http->origins[http->count++] = origin;
	return origin;
}

void http_ask(struct http *http, struct query *query)
{
	struct transfer_target target = {0};
	struct err err = ERR_INIT;
	const char *strange = transfer_strange_variable();
	if (!http->multi) {
		query_fail(query, ASK_UNKNOWN, FAILURE_OTHER, "libcurl cannot be used");
	} else if (strange) {
		char *why = mem_format("%s is set", strange);
		query_fail(query, ASK_UNKNOWN, FAILURE_OTHER, why);
		free(why);
	} else if (query->question.version0) {
		query_fail(query, ASK_UNKNOWN, FAILURE_OTHER, "protocol.version is not 2");
	} else if (transfer_target_parse(&target, query->question.url, &err)) {
		query_fail(query, ASK_UNKNOWN, FAILURE_OTHER, err_text(&err));
		err_release(&err);
	} else {
		struct origin *origin = origin_of(http, key_of(&query->question, &target), &target);
		query_queue_add(&origin->queue, query);
		origin_go(origin);
	}
	transfer_target_release(&target);
}

static unsigned limit_of(const struct origin *origin)
{
	unsigned wanted = origin->http->limits->jobs_per_host;
	if (origin->state == ORIGIN_UNTRIED)
		return 1;
	if (!origin->multiplexes)
		return wanted ? wanted : HTTP1_CONNECTIONS;
	return wanted && wanted < HTTP2_REQUESTS ? wanted : HTTP2_REQUESTS;
}

static bool has_credential(const struct origin *origin)
{
	return origin->credential == CREDENTIAL_THERE || origin->credential == CREDENTIAL_APPROVED;
}

static void attempt_free(struct attempt *attempt)
{
	transfer_target_release(&attempt->target);
	free(attempt);
}

/* Sends one; when that cannot be done the query is answered. */
static void send_query(struct origin *origin, struct query *query)
{
	struct http *http = origin->http;
	struct attempt *attempt = mem_calloc(1, sizeof *attempt);
	struct err err = ERR_INIT;
	query->with_credentials = has_credential(origin);
	*attempt = (struct attempt){.origin = origin, .query = query};
	if (!transfer_target_parse(&attempt->target, query->question.url, &err))
		attempt->transfer = transfer_new(&query->question, &attempt->target,
						 &(struct transfer_opts){
						     .user = query->with_credentials ? origin->user : NULL,
						     .password = origin->password,
						     .multiplexes = origin->multiplexes,
						     .timeout_ms = (long)http->limits->timeout,
						 },
						 &err);
	if (!attempt->transfer) {
		query_fail(query, ASK_UNKNOWN, FAILURE_OTHER, err_text(&err));
		err_release(&err);
		attempt_free(attempt);
		return;
	}
	transfer_set_context(attempt->transfer, attempt);
	origin->in_flight++;
	if (origin->state == ORIGIN_UNTRIED) {
		origin->state = ORIGIN_TRYING;
		origin->tried_since = clock_now();
	}
	multi_add(http->multi, transfer_handle(attempt->transfer));
}

/* Sends what may be sent now. */
static void origin_go(struct origin *origin)
{
	msec now = clock_now();
	query_queue_expire(&origin->queue, now);
	if (origin->state == ORIGIN_DOWN)
		query_queue_fail(&origin->queue, ASK_FAILED, origin->down_reason, origin->down_message);
	if (!origin->queue.first)
		return;
	if (origin->state == ORIGIN_TRYING && origin->tried_since + FIRST_ALONE_MS <= now)
		origin->state = ORIGIN_PROVEN; /* perhaps it is that one repository */
	msec wait_until = origin->state == ORIGIN_TRYING ? origin->tried_since + FIRST_ALONE_MS : origin->not_before;
	if (wait_until > now) {
		loop_timer_set(origin->http->loop, &origin->timer, wait_until, origin_due, origin);
		return;
	}
	while (origin->queue.first && origin->state != ORIGIN_TRYING && origin->credential != CREDENTIAL_AWAITED &&
	       origin->in_flight < limit_of(origin))
		send_query(origin, query_queue_take(&origin->queue));
	if (origin->queue.first && origin->state == ORIGIN_TRYING)
		loop_timer_set(origin->http->loop, &origin->timer, now + FIRST_ALONE_MS, origin_due, origin);
}

static void origin_due(void *context)
{
	origin_go(context);
}

static void credential_came(void *context, const struct credential *credential, bool whole_host)
{
	struct origin *origin = context;
	origin->credential = CREDENTIAL_NONE;
	/* One that holds for a path only would have to be asked for at every path. */
	if (credential->user && whole_host) {
		origin->credential = CREDENTIAL_THERE;
		origin->user = mem_strdup(credential->user);
		origin->password = mem_strdup(credential->password);
		origin->state = ORIGIN_UNTRIED; /* one shows whether it is right */
	}
	origin_go(origin);
}

static void ask_for_credential(struct origin *origin, struct attempt *attempt)
{
	origin->asked_for = attempt->target;
	attempt->target = (struct transfer_target){0};
	origin->asked_in = mem_strdup(attempt->query->question.dir);
	const struct credential wanted = {
	    .protocol = origin->asked_for.protocol,
	    .host = origin->asked_for.host,
	    .path = origin->asked_for.path,
	    .user = origin->asked_for.user,
	};
	bool asked = credential_fill(origin->http->loop, &wanted, origin->asked_in, credential_came, origin);
	origin->credential = asked ? CREDENTIAL_AWAITED : CREDENTIAL_NONE;
}

static void approve(struct origin *origin)
{
	const struct credential right = {
	    .protocol = origin->asked_for.protocol,
	    .host = origin->asked_for.host,
	    .path = origin->asked_for.path,
	    .user = origin->user,
	    .password = origin->password,
	};
	credential_approve(origin->http->loop, &right, origin->asked_in);
	origin->credential = CREDENTIAL_APPROVED;
}

/* The server wants a password. */
static void want_credential(struct origin *origin, struct attempt *attempt, const struct transfer_outcome *outcome)
{
	struct query *query = attempt->query;
	if (query->with_credentials) {
		/* git lets the helpers forget it, and asks the user. */
		if (origin->credential == CREDENTIAL_THERE)
			origin->credential = CREDENTIAL_NONE;
		query_fail(query, ASK_UNKNOWN, FAILURE_AUTHENTICATION, outcome->message);
		return;
	}
	if (origin->credential == CREDENTIAL_UNKNOWN && query->question.http.credentials)
		ask_for_credential(origin, attempt);
	if (origin->credential == CREDENTIAL_AWAITED || has_credential(origin))
		query_queue_add_first(&origin->queue, query);
	else
		query_fail(query, ASK_UNKNOWN, FAILURE_AUTHENTICATION, outcome->message);
}

/* Another attempt, if one is left and there is time for it. */
static bool try_again(struct origin *origin, struct query *query, const struct transfer_outcome *outcome)
{
	const struct query_limits *limits = origin->http->limits;
	msec wait = query_backoff(query->failures), asked = (msec)outcome->retry_after * 1000;
	wait = asked > wait ? asked : wait;
	if (query->failures >= limits->retries || wait > limits->timeout || clock_after(wait) >= query->deadline)
		return false;
	query->failures++;
	msec at = clock_after(wait);
	origin->not_before = at > origin->not_before ? at : origin->not_before;
	query_queue_add_first(&origin->queue, query);
	return true;
}

/* It was tried often enough. Where nobody has had an answer for a while, those that wait need not try. */
static void give_up(struct origin *origin, struct query *query, const struct transfer_outcome *outcome)
{
	if (++origin->misses >= MOST_MISSES || !outcome->connected) {
		origin->state = ORIGIN_DOWN;
		origin->down_reason = outcome->reason;
		free(origin->down_message);
		origin->down_message = mem_strdup(outcome->message);
	}
	query_fail(query, ASK_FAILED, outcome->reason, outcome->message);
}

static void is_broken(struct origin *origin, struct query *query, const struct transfer_outcome *outcome)
{
	if (outcome->reason != FAILURE_UNREACHABLE || !try_again(origin, query, outcome))
		give_up(origin, query, outcome);
}

static void is_busy(struct origin *origin, struct query *query, const struct transfer_outcome *outcome)
{
	if (!try_again(origin, query, outcome))
		give_up(origin, query, outcome);
}

/* The first query of an origin shows what holds for the others. */
static void learn(struct origin *origin, const struct transfer_outcome *outcome)
{
	bool answered = outcome->result != TRANSFER_BROKEN && outcome->result != TRANSFER_BUSY;
	if (answered)
		origin->misses = 0;
	if (outcome->result != TRANSFER_BROKEN)
		origin->multiplexes = outcome->multiplexes;
	if (origin->state == ORIGIN_TRYING)
		origin->state = answered || outcome->reason == FAILURE_TIMEOUT ? ORIGIN_PROVEN : ORIGIN_UNTRIED;
}

static void attempt_ended(struct attempt *attempt, CURLcode code)
{
	struct origin *origin = attempt->origin;
	struct query *query = attempt->query;
	struct transfer_outcome outcome;
	transfer_judge(attempt->transfer, code, &outcome);
	origin->in_flight--;
	learn(origin, &outcome);
	switch (outcome.result) {
	case TRANSFER_LIST:
		if (query->with_credentials && origin->credential == CREDENTIAL_THERE)
			approve(origin);
		query_answer_list(query, transfer_body(attempt->transfer), false);
		break;
	case TRANSFER_CREDENTIAL:
		want_credential(origin, attempt, &outcome);
		break;
	case TRANSFER_BUSY:
		is_busy(origin, query, &outcome);
		break;
	case TRANSFER_BROKEN:
		is_broken(origin, query, &outcome);
		break;
	case TRANSFER_OTHER:
		query_fail(query, ASK_UNKNOWN, outcome.reason, outcome.message);
		break;
	}
	transfer_free(attempt->transfer);
	attempt_free(attempt);
	origin_go(origin);
}

static void transfer_ended(void *context, CURL *handle, CURLcode code)
{
	(void)context;
	attempt_ended(transfer_context(handle), code);
}
