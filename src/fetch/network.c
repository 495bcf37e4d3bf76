/* See network.h. */
#include "fetch/network.h"

#include "base/frame.h"
#include "fetch/credential.h"
#include "fetch/http.h"
#include "fetch/loop.h"
#include "fetch/query.h"
#include "fetch/rundir.h"
#include "fetch/ssh.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	READ_SIZE = 65536,
	TIMEOUT_MS = 20000,
	PATIENCE_MS = 120000,
	APPROVAL_MS = 1000, /* for credential helpers to keep what was right */
	FAREWELL_MS = 500,  /* for ssh to end */
	LOOK_AGAIN_MS = 2,
};

struct network {
	struct query_limits limits;
	char *dir; /* of ssh's control sockets, if it is there */
};

/* The service itself. */
struct server {
	const struct network *network;
	struct loop *loop;
	int fd;
	struct str in, out;
	bool over;
	struct http *http; /* both NULL until they are needed */
	struct ssh *ssh;
};

struct network *network_new(const struct network_opts *opts)
{
	struct network *network = mem_calloc(1, sizeof *network);
	network->limits = (struct query_limits){
	    .jobs_per_host = opts->jobs_per_host,
	    .retries = opts->retries,
	    .timeout = opts->timeout && opts->timeout < TIMEOUT_MS ? opts->timeout : TIMEOUT_MS,
	    .patience = PATIENCE_MS,
	};
	network->dir = rundir_choose();
	return network;
}

msec network_patience(const struct network *network)
{
	return network->limits.patience + network->limits.timeout * (msec)(network->limits.retries + 2);
}

void network_free(struct network *network)
{
	if (!network)
		return;
	rundir_remove(network->dir);
	free(network->dir);
	free(network);
}

static void refuse(struct server *server, uint64_t id)
{
	struct str body = STR_INIT;
	ask_encode_answer(
	    &body,
	    &(struct ask_answer){.kind = ASK_UNKNOWN, .reason = FAILURE_OTHER, .message = "the question is broken"});
	frame_add(&server->out, id, str_slice(&body));
	str_release(&body);
}

static void take_question(struct server *server, uint64_t id, struct slice bytes)
{
	struct query *query = query_new(id, bytes, &server->out);
	if (!query) {
		refuse(server, id);
		return;
	}
	query->deadline = clock_after(server->network->limits.patience);
	if (query->question.transport == ASK_HTTP) {
		if (!server->http)
			server->http = http_new(server->loop, &server->network->limits);
		http_ask(server->http, query);
	} else {
		if (!server->ssh)
			server->ssh = ssh_new(server->loop, &server->network->limits, server->network->dir);
		ssh_ask(server->ssh, query);
	}
}

static void read_questions(struct server *server)
{
	char *room = str_room(&server->in, READ_SIZE);
	ssize_t got = read(server->fd, room, READ_SIZE);
	if (got <= 0) {
		server->over = got == 0 || (errno != EAGAIN && errno != EINTR);
		return;
	}
	str_commit(&server->in, (size_t)got);
	struct slice rest = str_slice(&server->in), body;
	uint64_t id;
	enum frame_state state;
	while ((state = frame_take(&rest, &id, &body)) == FRAME_WHOLE)
		take_question(server, id, body);
	server->over = state == FRAME_BROKEN;
	str_consume(&server->in, server->in.len - rest.len);
}

static void write_answers(struct server *server)
{
	ssize_t put = write(server->fd, server->out.data, server->out.len);
	if (put > 0)
		str_consume(&server->out, (size_t)put);
	else if (errno != EAGAIN && errno != EINTR)
		server->over = true;
}

static void peer_ready(void *context, int fd, short revents)
{
	struct server *server = context;
	(void)fd;
	if (revents & POLLOUT)
		write_answers(server);
	if (revents & ~POLLOUT)
		read_questions(server);
}

static void is_due(void *context)
{
	bool *late = context;
	*late = true;
}

/* A helper that is keeping a password is not interrupted, unless it takes too long. */
static void finish_approvals(struct loop *loop)
{
	bool late = false;
	struct timer timer = {0};
	loop_timer_set(loop, &timer, clock_after(APPROVAL_MS), is_due, &late);
	while (credential_is_approving() && !late)
		loop_turn(loop);
	loop_timer_clear(loop, &timer);
}

/* Whatever is left in this process group ends with it. */
static void end_children(void)
{
	msec deadline = clock_after(FAREWELL_MS);
	if (getpgrp() != getpid())
		return;
	kill(0, SIGTERM); /* which helpers are deaf to */
	pid_t pid;
	while ((pid = waitpid(-1, NULL, WNOHANG)) >= 0 && clock_now() < deadline) {
		if (!pid)
			poll(NULL, 0, LOOK_AGAIN_MS);
	}
}

void network_serve(void *context, int fd)
{
	struct server server = {.network = context, .fd = fd, .loop = loop_new()};
	if (!server.loop)
		return;
	srandom((unsigned)getpid() ^ (unsigned)clock_now());
	fcntl(fd, F_SETFL, O_NONBLOCK);
	while (!server.over) {
		loop_watch(server.loop, fd, server.out.len ? POLLIN | POLLOUT : POLLIN, peer_ready, &server);
		loop_turn(server.loop);
	}
	loop_unwatch(server.loop, fd);
	finish_approvals(server.loop);
	end_children();
	rundir_remove(server.network->dir);
	if (getpgrp() == getpid())
		kill(0, SIGKILL); /* the rest, and this process */
}
