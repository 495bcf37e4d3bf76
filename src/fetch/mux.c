/* See mux.h. Numbers are 32 bits, most significant byte first; a string is its length and its bytes; so is a message.
 */
#include "fetch/mux.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { VERSION = 4, REQUEST_ID = 1, LONGEST = 1 << 18 };

#define HELLO 0x00000001U
#define NEW_SESSION 0x10000002U
#define PERMISSION_DENIED 0x80000002U
#define FAILURE 0x80000003U
#define EXIT_MESSAGE 0x80000004U
#define SESSION_OPENED 0x80000006U
#define NO_ESCAPE_CHARACTER 0xffffffffU

struct mux {
	struct loop *loop;
	int fd;
	bool greeted;
	bool opened;
	bool exited;
	struct str in;
	void (*tell)(void *context, enum mux_event event);
	void *context;
};

static void put_number(struct str *out, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		str_addc(out, (char)(number >> shift & 255));
}

static void put_string(struct str *out, const char *text)
{
	put_number(out, (uint32_t)strlen(text));
	str_adds(out, text);
}

static bool get_number(struct slice *in, uint32_t *number)
{
	if (in->len < 4)
		return false;
	const unsigned char *byte = (const unsigned char *)in->ptr;
	*number = (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
	*in = slice_make(in->ptr + 4, in->len - 4);
	return true;
}

/* The socket has room for these few bytes. */
static int send_message(int fd, const struct str *body)
{
	struct str message = STR_INIT;
	put_number(&message, (uint32_t)body->len);
	str_add_slice(&message, str_slice(body));
	ssize_t put = send(fd, message.data, message.len, MSG_NOSIGNAL);
	int failed = put == (ssize_t)message.len ? 0 : -1;
	str_release(&message);
	return failed;
}

static int send_fd(int fd, int passed)
{
	char byte = 0;
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.bytes = {0}};
	struct iovec data = {.iov_base = &byte, .iov_len = 1};
	struct msghdr message = {
	    .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.bytes};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &passed, sizeof passed);
	return sendmsg(fd, &message, MSG_NOSIGNAL) == 1 ? 0 : -1;
}

static int greet(int fd)
{
	struct str body = STR_INIT;
	put_number(&body, HELLO);
	put_number(&body, VERSION);
	int failed = send_message(fd, &body);
	str_release(&body);
	return failed;
}

static int ask_for_session(int fd, const struct mux_spec *spec)
{
	struct str body = STR_INIT;
	put_number(&body, NEW_SESSION);
	put_number(&body, REQUEST_ID);
	put_string(&body, ""); /* reserved */
	for (int flag = 0; flag < 4; flag++)
		put_number(&body, 0); /* no terminal, X11, agent, subsystem */
	put_number(&body, NO_ESCAPE_CHARACTER);
	put_string(&body, ""); /* the terminal's kind */
	put_string(&body, spec->command);
	if (spec->variable)
		put_string(&body, spec->variable);
	int failed = send_message(fd, &body);
	for (int i = 0; i < 3 && !failed; i++)
		failed = send_fd(fd, spec->fds[i]);
	str_release(&body);
	return failed;
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd < 0)
		return -1;
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	int error = errno;
	close(fd);
	errno = error;
	return -1;
}

/* One message of the other side. true: event has come. */
static bool understand(struct mux *mux, struct slice message, enum mux_event *event)
{
	uint32_t type, number;
	*event = MUX_BROKEN;
	if (!get_number(&message, &type) || !get_number(&message, &number))
		return true;
	if (type == HELLO && !mux->greeted) {
		mux->greeted = true;
		return number != VERSION;
	}
	if (!mux->greeted)
		return true;
	if (type == SESSION_OPENED && !mux->opened) {
		mux->opened = true;
		*event = MUX_OPENED;
		return true;
	}
	if (type == PERMISSION_DENIED || type == FAILURE) {
		*event = mux->opened ? MUX_BROKEN : MUX_REFUSED;
		return true;
	}
	mux->exited |= type == EXIT_MESSAGE;
	return false;
}

/* Takes what came; true with the next event. */
static bool next_event(struct mux *mux, enum mux_event *event)
{
	for (;;) {
		struct slice rest = str_slice(&mux->in);
		uint32_t len;
		if (!get_number(&rest, &len))
			return false;
		*event = MUX_BROKEN;
		if (len > LONGEST)
			return true;
		if (rest.len < len)
			return false;
		bool told = understand(mux, slice_make(rest.ptr, len), event);
		str_consume(&mux->in, len + 4);
		if (told)
			return true;
	}
}

static void tell_last(struct mux *mux, enum mux_event event)
{
	loop_unwatch(mux->loop, mux->fd);
	mux->tell(mux->context, event);
}

static void is_ready(void *context, int fd, short revents)
{
	struct mux *mux = context;
	enum mux_event event;
	char bytes[4096];
	(void)revents;
	ssize_t got = read(fd, bytes, sizeof bytes);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got > 0)
		str_add(&mux->in, bytes, (size_t)got);
	/* After the last event the listener has closed it. */
	while (next_event(mux, &event)) {
		if (event != MUX_OPENED) {
			tell_last(mux, event);
			return;
		}
		mux->tell(mux->context, event);
	}
	if (got <= 0)
		tell_last(mux, mux->exited ? MUX_ENDED : MUX_BROKEN);
}

struct mux *mux_open(struct loop *loop, const struct mux_spec *spec, void (*tell)(void *context, enum mux_event event),
		     void *context)
{
	int fd = connect_to(spec->path);
	if (fd >= 0 && (greet(fd) || ask_for_session(fd, spec))) {
		close(fd);
		fd = -1;
		errno = EPIPE;
	}
	if (fd < 0)
		return NULL;
	struct mux *mux = mem_calloc(1, sizeof *mux);
	*mux = (struct mux){.loop = loop, .fd = fd, .tell = tell, .context = context};
	loop_watch(loop, fd, POLLIN, is_ready, mux);
	return mux;
}

void mux_close(struct mux *mux)
{
	if (!mux)
		return;
	loop_unwatch(mux->loop, mux->fd);
	close(mux->fd);
	str_release(&mux->in);
	free(mux);
}
