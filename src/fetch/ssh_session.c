/* See ssh_session.h. */
#include "fetch/ssh_session.h"

#include "base/failure.h"
#include "fetch/mux.h"
#include "fetch/pkt.h"
#include "fetch/ssh_command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum { LONGEST_ANSWER = 64 << 20, MOST_ERRORS = 65536, READ_SIZE = 65536, LINGER_MS = 5000 };

enum state {
	GREETING,     /* the first packet tells the version */
	CAPABILITIES, /* version 2's */
	LIST,
	LISTED, /* it is there; the command is about to end */
	ANSWERED,
};

struct ssh_session {
	struct loop *loop;
	struct query *query;
	struct session_listener listener;
	struct mux *mux;  /* NULL when the server has one session less */
	int in, out, err; /* our ends; -1 when closed */
	struct str request, bytes, errors;
	size_t at;   /* in bytes: looked at so far */
	size_t list; /* in bytes: where the list begins */
	enum state state;
	bool opened;
	bool requested;
	bool broken; /* the connection has gone, but something may still be in the pipes */
	struct timer timer;
};

/* Tells the outcome, and that all is over. */
static void tell(struct ssh_session *session, const struct session_outcome *outcome)
{
	session->state = ANSWERED;
	session->listener.came(session->listener.context, session, outcome);
	session->query = NULL;
	loop_timer_clear(session->loop, &session->timer);
	mux_close(session->mux);
	session->mux = NULL;
	session->listener.over(session->listener.context, session);
}

static void tell_other(struct ssh_session *session, enum failure reason, const char *message)
{
	tell(session, &(struct session_outcome){.result = SESSION_OTHER, .reason = reason, .message = message});
}

static void tell_broken(struct ssh_session *session)
{
	tell(session, &(struct session_outcome){
			  .result = SESSION_BROKEN, .reason = FAILURE_UNREACHABLE, .message = "the connection broke"});
}

static void send_request(void *context, int fd, short revents)
{
	struct ssh_session *session = context;
	(void)revents;
	ssize_t put = write(fd, session->request.data, session->request.len);
	if (put > 0)
		str_consume(&session->request, (size_t)put);
	if (!session->request.len || (put < 0 && errno != EAGAIN && errno != EINTR))
		loop_close(session->loop, &session->in); /* there will be no other */
}

/* What is said to the server: the question and that it is the last one, or only the latter. */
static void request(struct ssh_session *session, bool version0)
{
	if (session->requested)
		return;
	session->requested = true;
	if (!version0)
		pkt_add_ls_refs(&session->request, &session->query->question);
	pkt_add_flush(&session->request);
	loop_watch(session->loop, session->in, POLLOUT, send_request, session);
}

/* What comes with a list is shown by git, and so is left to it. */
static void tell_list(void *context)
{
	struct ssh_session *session = context;
	if (session->errors.len)
		tell_other(session, FAILURE_NONE, "the host says more than was asked");
	else
		tell(session, &(struct session_outcome){
				  .result = SESSION_LIST,
				  .list = slice_make(session->bytes.data + session->list, session->at - session->list),
				  .version0 = session->list == 0,
			      });
}

/* The whole list is there and the command has ended. */
static void tell_when_ended(struct ssh_session *session)
{
	if (session->state == LISTED && !session->mux && session->err < 0)
		tell_list(session);
}

static bool greeting_came(struct ssh_session *session)
{
	struct slice rest = str_slice(&session->bytes), line;
	enum pkt_kind kind = pkt_take(&rest, &line);
	if (kind == PKT_PART)
		return false;
	if (kind == PKT_DATA && slice_is(line, "version 2")) {
		session->state = CAPABILITIES;
		session->at = session->bytes.len - rest.len;
		return true;
	}
	session->state = LIST;
	return true;
}

/* Does the server know the command, and ids of the right kind? */
static bool is_capable(const struct ssh_session *session, size_t from, size_t to)
{
	struct slice rest = slice_make(session->bytes.data + from, to - from), line;
	bool lists = false, sha256 = false;
	while (pkt_take(&rest, &line) == PKT_DATA) {
		lists |= slice_is(line, "ls-refs") || slice_starts(line, "ls-refs=");
		sha256 |= slice_is(line, "object-format=sha256");
	}
	return lists && sha256 == session->query->question.sha256;
}

static bool capabilities_came(struct ssh_session *session)
{
	size_t from = session->at;
	enum pkt_kind kind = pkt_find_flush(str_slice(&session->bytes), &session->at);
	if (kind == PKT_PART)
		session->at = from;
	if (kind == PKT_PART)
		return false;
	if (kind == PKT_BROKEN || !is_capable(session, from, session->at)) {
		tell_other(session, FAILURE_OTHER, "the server's greeting is not understood");
		return false;
	}
	session->list = session->at;
	session->state = LIST;
	request(session, false);
	return true;
}

static void read_list(struct ssh_session *session)
{
	enum pkt_kind kind = pkt_find_flush(str_slice(&session->bytes), &session->at);
	if (kind == PKT_BROKEN)
		tell_other(session, FAILURE_OTHER, "the host does not speak git's protocol");
	if (kind != PKT_FLUSH)
		return;
	request(session, true); /* nothing more is wanted */
	session->state = LISTED;
	loop_timer_set(session->loop, &session->timer, clock_after(LINGER_MS), tell_list, session);
	tell_when_ended(session);
}

static void advance(struct ssh_session *session)
{
	if (session->state == GREETING && !greeting_came(session))
		return;
	if (session->state == CAPABILITIES && !capabilities_came(session))
		return;
	if (session->state == LIST)
		read_list(session);
}

/* false at the end. */
static bool read_some(int fd, struct str *to, size_t limit)
{
	char *room = str_room(to, READ_SIZE);
	ssize_t got = read(fd, room, READ_SIZE);
	if (got > 0 && to->len < limit)
		str_commit(to, (size_t)got);
	return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

/* The command has said all that it says, and it is no list. */
static void is_silent(struct ssh_session *session)
{
	struct pollfd fd = {.fd = session->err, .events = POLLIN};
	while (session->err >= 0 && session->errors.len < MOST_ERRORS && poll(&fd, 1, 0) > 0) {
		if (!read_some(session->err, &session->errors, MOST_ERRORS))
			break;
	}
	struct slice words = str_slice(&session->errors);
	if (session->broken && !words.len) {
		tell_broken(session);
		return;
	}
	enum failure reason = failure_of_words(words);
	if (!reason)
		reason = failure_of_words(str_slice(&session->bytes)); /* "ERR ..." */
	char *message = query_one_line(words);
	tell_other(session, reason ? reason : FAILURE_OTHER, message);
	free(message);
}

/* The pipe may be at its end before it is known why. */
static void tell_when_silent(struct ssh_session *session)
{
	if (session->state != LISTED && session->out < 0 && !session->mux)
		is_silent(session);
}

static void errors_ready(void *context, int fd, short revents)
{
	struct ssh_session *session = context;
	(void)revents;
	if (read_some(fd, &session->errors, MOST_ERRORS))
		return;
	loop_close(session->loop, &session->err);
	tell_when_ended(session);
}

static void output_ready(void *context, int fd, short revents)
{
	struct ssh_session *session = context;
	(void)revents;
	if (!read_some(fd, &session->bytes, LONGEST_ANSWER)) {
		loop_close(session->loop, &session->out);
		tell_when_silent(session);
		return;
	}
	if (session->bytes.len >= LONGEST_ANSWER)
		tell_other(session, FAILURE_OTHER, "the answer is too long");
	else
		advance(session);
}

static void mux_said(void *context, enum mux_event event)
{
	struct ssh_session *session = context;
	if (event == MUX_OPENED) {
		session->opened = true;
		loop_watch(session->loop, session->out, POLLIN, output_ready, session);
		return;
	}
	session->broken = event == MUX_BROKEN;
	mux_close(session->mux);
	session->mux = NULL;
	if (session->state == LISTED)
		tell_when_ended(session);
	else if (session->opened)
		tell_when_silent(session);
	else if (event == MUX_REFUSED)
		tell(session, &(struct session_outcome){
				  .result = SESSION_REFUSED, .reason = FAILURE_BUSY, .message = "no further session"});
	else
		tell_broken(session);
}

static void is_late(void *context)
{
	struct ssh_session *session = context;
	tell(session, &(struct session_outcome){
			  .result = SESSION_LATE, .reason = FAILURE_TIMEOUT, .message = "the host took too long"});
}

/* The three pipes: theirs for the command, ours for the session. */
static int open_pipes(struct ssh_session *session, int theirs[3])
{
	int *ours[3] = {&session->in, &session->out, &session->err};
	for (int i = 0; i < 3; i++) {
		int ends[2];
		if (pipe(ends))
			return -1;
		fcntl(ends[0], F_SETFD, FD_CLOEXEC);
		fcntl(ends[1], F_SETFD, FD_CLOEXEC);
		theirs[i] = i ? ends[1] : ends[0];
		*ours[i] = i ? ends[0] : ends[1];
		fcntl(*ours[i], F_SETFL, O_NONBLOCK);
	}
	return 0;
}

struct ssh_session *ssh_session_start(struct loop *loop, const char *control_path, struct query *query,
				      enum session_version version, msec timeout,
				      const struct session_listener *listener)
{
	struct ssh_session *session = mem_calloc(1, sizeof *session);
	int theirs[3] = {-1, -1, -1};
	*session =
	    (struct ssh_session){.loop = loop, .query = query, .listener = *listener, .in = -1, .out = -1, .err = -1};
	char *command = ssh_command_remote(&query->question.ssh);
	struct mux_spec spec = {
	    .path = control_path,
	    .command = command,
	    .variable = query->question.version0 ? NULL : "GIT_PROTOCOL=version=2",
	};
	if (!open_pipes(session, theirs)) {
		for (int i = 0; i < 3; i++)
			spec.fds[i] = theirs[i];
		session->mux = mux_open(loop, &spec, mux_said, session);
	}
	for (int i = 0; i < 3; i++) {
		if (theirs[i] >= 0)
			close(theirs[i]);
	}
	free(command);
	if (!session->mux) {
		ssh_session_free(session);
		return NULL;
	}
	loop_watch(loop, session->err, POLLIN, errors_ready, session);
	loop_timer_set(loop, &session->timer, clock_after(timeout), is_late, session);
	if (version == VERSION_0 || (version == VERSION_2 && !query->question.version0))
		request(session, version == VERSION_0);
	return session;
}

struct query *ssh_session_query(const struct ssh_session *session)
{
	return session->query;
}

bool ssh_session_is_open(const struct ssh_session *session)
{
	return session->opened;
}

void ssh_session_free(struct ssh_session *session)
{
	mux_close(session->mux);
	loop_timer_clear(session->loop, &session->timer);
	loop_close(session->loop, &session->in);
	loop_close(session->loop, &session->out);
	loop_close(session->loop, &session->err);
	str_release(&session->request);
	str_release(&session->bytes);
	str_release(&session->errors);
	free(session);
}
