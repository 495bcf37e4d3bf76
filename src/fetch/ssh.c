/* See ssh.h.
 *
 * A host is first asked for how ssh would reach it (ssh -G), which tells whether the user shares connections already.
 * Then a master is started, or the user's own is used, and sessions are opened over its control socket, as many at a
 * time as the server allows. Whoever only wants a connection to share gets it when the master is there. */
#include "fetch/ssh.h"

#include "fetch/child.h"
#include "base/failure.h"
#include "fetch/rundir.h"
#include "fetch/ssh_command.h"
#include "fetch/ssh_config.h"
#include "fetch/ssh_session.h"
#include "fetch/ssh_share.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SESSIONS = 10,	 /* at a time; OpenSSH's own limit is 10 */
	FIRST_TRIAL = 8, /* answers without a refusal, until one session more is tried */
	LAST_TRIAL = 1024,
	LOOK_AGAIN_MS = 4,     /* for the control socket, while a master connects */
	MOST_REFUSALS = 8,     /* of the only session, until the host is left to git */
	MOST_TIMEOUTS = 3,     /* one after the other, until then */
	LONGEST_PATH = 80,     /* of a control socket; ssh puts 17 bytes behind it for a moment */
};

enum host_state {
	HOST_NEW,
	HOST_EXAMINED,	 /* ssh -G runs */
	HOST_CONNECTING, /* the master is not ready */
	HOST_READY,
	HOST_PAUSING, /* until the next attempt to connect */
	HOST_DOWN,
};

struct host {
	struct ssh *ssh;
	size_t number; /* of all hosts */
	char *key;
	enum host_state state;
	struct query_queue queue;
	struct query_queue connects; /* those that only want the connection */
	struct child *child; /* the master; NULL */
	char *path;	     /* of the control socket; NULL */
	char *share;	     /* NULL: nothing to share */
	struct timer timer;
	msec deadline;	    /* CONNECTING */
	struct ssh_session **sessions;
	size_t count, cap;  /* of sessions */
	size_t limit, most; /* at a time: what the server takes, as far as is known, and what may be asked of it */
	size_t taken;	    /* so many it has had at a time */
	unsigned calm;	    /* answers since the limit last changed */
	unsigned trial;	    /* after so many one more is tried */
	enum session_version version;
	size_t refusals;   /* one after the other */
	unsigned timeouts; /* one after the other */
	unsigned failures; /* to connect, one after the other */
	enum ask_kind down_kind;
	enum failure down_reason;
	char *down_message;
};

struct ssh {
	struct loop *loop;
	const struct query_limits *limits;
	const char *dir;
	bool has_dir;
	struct host **hosts;
	size_t count, cap;
};

static void host_go(struct host *host);
static void serve_connects(struct host *host);
static void connect_host(struct host *host);

struct ssh *ssh_new(struct loop *loop, const struct query_limits *limits, const char *dir)
{
	struct ssh *ssh = mem_calloc(1, sizeof *ssh);
	*ssh = (struct ssh){.loop = loop, .limits = limits, .dir = dir};
	return ssh;
}

/* From now on nobody is asked any more. The message is copied. */
static void give_up(struct host *host, enum ask_kind kind, enum failure reason, const char *message)
{
	loop_timer_clear(host->ssh->loop, &host->timer);
	host->state = HOST_DOWN;
	host->down_kind = kind;
	host->down_reason = reason;
	host->down_message = mem_strdup(message);
	host_go(host);
}

static void try_to_connect(void *context)
{
	connect_host(context);
}

/* The connection could not be had, or has gone. */
static void no_connection(struct host *host, enum failure reason, const char *message)
{
	const struct query_limits *limits = host->ssh->limits;
	if (host->path)
		unlink(host->path);
	/* Their git goes on alone, at once. */
	query_queue_fail(&host->connects, ASK_UNKNOWN, reason, message);
	if (!failure_is_transient(reason) || reason == FAILURE_TIMEOUT || host->failures >= limits->retries) {
		/* git may prompt, or go another way; but it finds no other host. */
		give_up(host, reason == FAILURE_UNREACHABLE ? ASK_FAILED : ASK_UNKNOWN, reason, message);
		return;
	}
	host->state = HOST_PAUSING;
	loop_timer_set(host->ssh->loop, &host->timer, clock_after(query_backoff(host->failures++)), try_to_connect,
		       host);
}

static void master_ended(void *context, const struct child_end *end)
{
	struct host *host = context;
	host->child = NULL;
	if (host->state == HOST_DOWN)
		return;
	char *message = query_one_line(end->err);
	enum failure reason = failure_of_words(end->err);
	loop_timer_clear(host->ssh->loop, &host->timer);
	if (host->state == HOST_READY || host->state == HOST_PAUSING)
		reason = reason ? reason : FAILURE_UNREACHABLE;
	no_connection(host, reason ? reason : FAILURE_OTHER, *message ? message : "ssh has ended");
	free(message);
}

static bool is_socket(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISSOCK(st.st_mode);
}

static void look_for_master(void *context)
{
	struct host *host = context;
	if (is_socket(host->path) && child_errors(host->child).len) {
		give_up(host, ASK_UNKNOWN, FAILURE_NONE, "ssh says something that git would show");
	} else if (is_socket(host->path)) {
		host->state = HOST_READY;
		host_go(host);
	} else if (clock_now() >= host->deadline) {
		child_abandon(host->child);
		host->child = NULL;
		no_connection(host, FAILURE_TIMEOUT, "ssh did not connect in time");
	} else {
		loop_timer_set(host->ssh->loop, &host->timer, clock_after(LOOK_AGAIN_MS), look_for_master, host);
	}
}

/* The directory of the control sockets, our own and nobody else's. */
static bool make_dir(struct ssh *ssh)
{
	if (!ssh->has_dir)
		ssh->has_dir = rundir_make(ssh->dir);
	return ssh->has_dir;
}

/* One for which the host is to be reached; NULL. */
static const struct ask_question *first_question(struct host *host)
{
	query_queue_expire(&host->queue, clock_now());
	query_queue_expire(&host->connects, clock_now());
	const struct query *query = host->queue.first ? host->queue.first : host->connects.first;
	return query ? &query->question : NULL;
}

/* Starts the master: in the foreground, so that it ends when it is told to; never asking, never forwarding what the
 * user's configuration forwards, but for an agent to the sessions of those that share it. */
static void connect_host(struct host *host)
{
	char *control = mem_format("ControlPath=%s", host->path);
	const char *const options[] = {
	    "-o", "BatchMode=yes",
	    "-o", SSH_CONFIG_STRICT, /* a new key is for git to accept, and to speak of */
	    "-o", "ControlMaster=yes",
	    "-o", control,
	    "-o", "ControlPersist=no",
	    "-o", "ClearAllForwardings=yes",
	    "-o", "PermitLocalCommand=no",
	    "-o", "ForwardX11=no",
	    "-o", "SendEnv=GIT_PROTOCOL",
	    "-N", "-T",
	    NULL,
	};
	const struct ask_question *question = first_question(host);
	host->state = HOST_NEW;
	if (question) {
		host->child = ssh_command_start(host->ssh->loop, question, options, CLOCK_NEVER, master_ended, host);
		if (!host->child) {
			give_up(host, ASK_UNKNOWN, FAILURE_OTHER, "ssh cannot be started");
		} else {
			host->state = HOST_CONNECTING;
			host->deadline = clock_after(host->ssh->limits->timeout);
			look_for_master(host);
		}
	}
	free(control);
}

/* A socket of our own for a new master. */
static void choose_path(struct host *host, const struct ask_question *question, bool shared)
{
	struct ssh *ssh = host->ssh;
	host->path = mem_format("%s/%zu", ssh->dir, host->number);
	if (strlen(host->path) > LONGEST_PATH || !make_dir(ssh)) {
		give_up(host, ASK_UNKNOWN, FAILURE_OTHER, "there is no place for ssh's socket");
		return;
	}
	if (shared) {
		char *dir = mem_format("%s.d", host->path);
		host->share = ssh_share_make(&question->ssh, dir, host->path);
		free(dir);
	}
	serve_connects(host);
	connect_host(host);
}

static void examined(void *context, const struct ssh_config *config)
{
	struct host *host = context;
	const struct ask_question *question = first_question(host);
	host->state = HOST_NEW;
	if (!question)
		return;
	if (config->refusal) {
		give_up(host, ASK_UNKNOWN, FAILURE_OTHER, config->refusal);
	} else if (config->control && is_socket(config->control)) {
		host->path = mem_strdup(config->control);
		host->state = HOST_READY;
		host_go(host);
	} else {
		choose_path(host, question, !config->control && !config->forwards);
	}
}

static void examine(struct host *host, const struct ask_question *question)
{
	host->state = HOST_EXAMINED;
	if (!ssh_config_ask(host->ssh->loop, question, examined, host))
		give_up(host, ASK_UNKNOWN, FAILURE_OTHER, "ssh cannot be started");
}

static void session_came(void *context, struct ssh_session *session, const struct session_outcome *outcome);
static void session_over(void *context, struct ssh_session *session);

static bool start_session(struct host *host, struct query *query)
{
	struct ssh *ssh = host->ssh;
	const struct session_listener listener = {session_came, session_over, host};
	struct ssh_session *session =
	    ssh_session_start(ssh->loop, host->path, query, host->version, ssh->limits->timeout, &listener);
	if (!session)
		return false;
	MEM_RESERVE(host->sessions, host->cap, host->count + 1);
	host->sessions[host->count++] = session;
	return true;
}

/* Its socket is not there any more. */
static void lost_connection(struct host *host, int error)
{
	if (host->child) { /* and is heard of when it has ended */
		host->state = HOST_PAUSING;
		child_signal(host->child, SIGTERM);
	} else {
		give_up(host, ASK_UNKNOWN, FAILURE_OTHER, strerror(error));
	}
}

static void serve_connects(struct host *host)
{
	struct query *query;
	if (host->state == HOST_DOWN)
		query_queue_fail(&host->connects, host->down_kind, host->down_reason, host->down_message);
	else if (host->path && !host->share)
		query_queue_fail(&host->connects, ASK_UNKNOWN, FAILURE_NONE, "its connections are not shared");
	while (host->state == HOST_READY && (query = query_queue_take(&host->connects)))
		query_answer(query, &(struct ask_answer){.kind = ASK_REFS, .message = "", .share = host->share});
}

static void host_go(struct host *host)
{
	serve_connects(host);
	if (host->state == HOST_DOWN)
		query_queue_fail(&host->queue, host->down_kind, host->down_reason, host->down_message);
	const struct ask_question *question = first_question(host);
	if (host->state == HOST_NEW && question && host->path)
		connect_host(host);
	else if (host->state == HOST_NEW && question)
		examine(host, question);
	while (host->state == HOST_READY && host->queue.first && host->count < host->limit && !host->timer.place) {
		struct query *query = query_queue_take(&host->queue);
		query->share = host->share;
		if (start_session(host, query))
			continue;
		int error = errno;
		query_queue_add_first(&host->queue, query);
		if (!host->count) /* else it has its hands full */
			lost_connection(host, error);
		return;
	}
}

static void go_on(void *context)
{
	host_go(context);
}

static size_t open_sessions(const struct host *host)
{
	size_t open = 0;
	for (size_t i = 0; i < host->count; i++)
		open += ssh_session_is_open(host->sessions[i]);
	return open;
}

/* The server has its hands full: with what it has taken, that is as many as it takes. But it frees a session only after
 * it has looked at all that came at once, so that one which follows on another's heels may be refused and be taken the
 * next time. */
static void session_refused(struct host *host, struct query *query)
{
	size_t open = open_sessions(host);
	bool again = ++host->refusals > host->most;
	if (open >= host->taken || again) {
		host->limit = open < 2 ? 1 : open < host->limit ? open : host->limit;
		host->calm = 0;
		if (host->trial < LAST_TRIAL)
			host->trial *= 2;
	}
	if (open == 0 && host->count <= 1 && host->refusals > host->most + MOST_REFUSALS) {
		query_fail(query, ASK_UNKNOWN, FAILURE_BUSY, "the host takes no further session");
		return;
	}
	query_queue_add_first(&host->queue, query);
	if (again)
		loop_timer_set(host->ssh->loop, &host->timer, clock_after(query_backoff(0) / 4), go_on, host);
}

/* A server that has refused may only have been slow to notice that a session is over. */
static void session_succeeded(struct host *host)
{
	host->refusals = host->failures = host->timeouts = 0;
	size_t open = open_sessions(host);
	host->taken = open > host->taken ? open : host->taken;
	if (host->limit < host->most && ++host->calm >= host->trial) {
		host->limit++;
		host->calm = 0;
	}
}

static bool ask_again(struct host *host, struct query *query)
{
	if (query->failures >= host->ssh->limits->retries || clock_now() >= query->deadline)
		return false;
	query->failures++;
	query_queue_add_first(&host->queue, query);
	return true;
}

static void session_came(void *context, struct ssh_session *session, const struct session_outcome *outcome)
{
	struct host *host = context;
	struct query *query = ssh_session_query(session);
	switch (outcome->result) {
	case SESSION_LIST:
		session_succeeded(host);
		host->version = outcome->version0 ? VERSION_0 : VERSION_2;
		query_answer_list(query, outcome->list, outcome->version0);
		break;
	case SESSION_REFUSED:
		session_refused(host, query);
		break;
	case SESSION_BROKEN:
		if (!ask_again(host, query))
			query_fail(query, ASK_UNKNOWN, outcome->reason, outcome->message);
		break;
	case SESSION_OTHER:
	case SESSION_LATE:
		host->timeouts = outcome->result == SESSION_LATE ? host->timeouts + 1 : 0;
		query_fail(query, ASK_UNKNOWN, outcome->reason, outcome->message);
		if (host->timeouts == MOST_TIMEOUTS && host->state == HOST_READY)
			give_up(host, ASK_UNKNOWN, FAILURE_TIMEOUT, "the host takes too long");
		break;
	}
}

static void session_over(void *context, struct ssh_session *session)
{
	struct host *host = context;
	for (size_t i = 0; i < host->count; i++) {
		if (host->sessions[i] == session) {
			host->sessions[i] = host->sessions[--host->count];
			break;
		}
	}
	ssh_session_free(session);
	host_go(host);
}

/* Takes the key. */
static struct host *host_of(struct ssh *ssh, char *key)
{
	for (size_t i = 0; i < ssh->count; i++) {
		if (strcmp(ssh->hosts[i]->key, key) == 0) {
			free(key);
			return ssh->hosts[i];
		}
	}
	struct host *host = mem_calloc(1, sizeof *host);
	*host = (struct host){.ssh = ssh, .number = ssh->count, .key = key};
	host->limit = host->most = ssh->limits->jobs_per_host ? ssh->limits->jobs_per_host : SESSIONS;
	host->trial = FIRST_TRIAL;
	MEM_RESERVE(ssh->hosts, ssh->cap, ssh->count + 1);
	ssh->hosts[ssh->count++] = host;
	return host;
}

void ssh_ask(struct ssh *ssh, struct query *query)
{
	const char *why = ssh_command_refusal(&query->question.ssh);
	if (why) {
		query_fail(query, ASK_UNKNOWN, FAILURE_OTHER, why);
		return;
	}
	struct host *host = host_of(ssh, ssh_command_key(&query->question));
	query_queue_add(query->question.connect ? &host->connects : &host->queue, query);
	host_go(host);
}
