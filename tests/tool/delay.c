/* delay: a far network on this machine. What comes in on a port goes to another one, each way some milliseconds later.
 *
 *   delay MS TO...     forwards a free port of 127.0.0.1 to the port TO of 127.0.0.1, for each TO
 *
 * Prints the ports that it listens on, in a line each, and then runs until standard input ends. MS is half of a round trip. The first
 * bytes of a connection wait for a whole round trip more: the one in which it would have been made. Bandwidth is not limited. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	MAX_PAIRS = 1024,
	CHUNK = 1 << 16,
	MAX_WAITING = 1 << 24, /* bytes on the way in one direction, more than any buffer holds */
};

typedef long long usec;

struct chunk {
	struct chunk *next;
	usec due;
	size_t len, sent;
	char bytes[];
};

/* One direction of a connection. */
struct pipe {
	int from, to;
	struct chunk *first, **last;
	size_t waiting;
	bool at_end, closed; /* nothing more comes; the other side was told */
	usec end_due;
};

struct pair {
	struct pipe there, back;
	usec open_at; /* when the handshake would be over */
};

static struct pair *pairs[MAX_PAIRS];
static size_t pair_count;
static usec delay;

static usec now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static struct sockaddr_in loopback(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((in_port_t)port)};
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

static int listen_somewhere(void)
{
	struct sockaddr_in address = loopback(0);
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) || listen(fd, 256) ||
	    getsockname(fd, (struct sockaddr *)&address, &len))
		die("listen");
	printf("%d\n", ntohs(address.sin_port));
	return fd;
}

static void prepare(int fd)
{
	int on = 1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

static void pipe_init(struct pipe *pipe, int from, int to)
{
	*pipe = (struct pipe){.from = from, .to = to};
}

static void accept_one(int listener, int port)
{
	int client = accept(listener, NULL, NULL);
	if (client < 0)
		return;
	struct sockaddr_in address = loopback(port);
	int server = socket(AF_INET, SOCK_STREAM, 0);
	if (server < 0 || pair_count == MAX_PAIRS || connect(server, (struct sockaddr *)&address, sizeof address)) {
		close(client);
		if (server >= 0)
			close(server);
		return;
	}
	prepare(client);
	prepare(server);
	struct pair *pair = malloc(sizeof *pair);
	if (!pair)
		die("malloc");
	pipe_init(&pair->there, client, server);
	pipe_init(&pair->back, server, client);
	pair->open_at = now() + 2 * delay;
	pairs[pair_count++] = pair;
}

static void receive(struct pipe *pipe, usec open_at)
{
	static char bytes[CHUNK];
	ssize_t got = read(pipe->from, bytes, sizeof bytes);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	usec at = now();
	usec due = (at > open_at ? at : open_at) + delay;
	if (got <= 0) {
		pipe->at_end = true;
		pipe->end_due = due;
		return;
	}
	struct chunk *chunk = malloc(sizeof *chunk + (size_t)got);
	if (!chunk)
		die("malloc");
	*chunk = (struct chunk){.due = due, .len = (size_t)got};
	memcpy(chunk->bytes, bytes, (size_t)got);
	if (pipe->first)
		*pipe->last = chunk;
	else
		pipe->first = chunk;
	pipe->last = &chunk->next;
	pipe->waiting += chunk->len;
}

/* Passes on what is due. */
static void deliver(struct pipe *pipe)
{
	usec at = now();
	struct chunk *chunk;
	while ((chunk = pipe->first) != NULL && chunk->due <= at) {
		ssize_t put = send(pipe->to, chunk->bytes + chunk->sent, chunk->len - chunk->sent, MSG_NOSIGNAL);
		if (put < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		chunk->sent = put < 0 ? chunk->len : chunk->sent + (size_t)put;
		if (chunk->sent < chunk->len)
			return;
		pipe->first = chunk->next;
		pipe->waiting -= chunk->len;
		free(chunk);
	}
	if (!pipe->first && pipe->at_end && !pipe->closed && pipe->end_due <= at) {
		shutdown(pipe->to, SHUT_WR);
		pipe->closed = true;
	}
}

/* When it has something to deliver; -1 when nothing waits, or nothing goes out now. */
static usec next_due(const struct pipe *pipe, bool blocked)
{
	if (blocked)
		return -1;
	return pipe->first ? pipe->first->due : pipe->at_end && !pipe->closed ? pipe->end_due : -1;
}

static bool is_blocked(const struct pipe *pipe, usec at)
{
	return pipe->first && pipe->first->due <= at; /* deliver() could not send it */
}

static void watch(struct pollfd *in, struct pollfd *out, const struct pipe *pipe, usec at, usec *due)
{
	if (!pipe->at_end && pipe->waiting < MAX_WAITING)
		in->events |= POLLIN;
	bool blocked = is_blocked(pipe, at);
	if (blocked)
		out->events |= POLLOUT;
	usec next = next_due(pipe, blocked);
	if (next >= 0 && (*due < 0 || next < *due))
		*due = next;
}

static void drop_finished(void)
{
	for (size_t i = 0; i < pair_count;) {
		struct pair *pair = pairs[i];
		if (pair->there.closed && pair->back.closed) {
			close(pair->there.from);
			close(pair->there.to);
			free(pair);
			pairs[i] = pairs[--pair_count];
		} else {
			i++;
		}
	}
}

static void wait_for_work(struct pollfd *polled, size_t listeners, usec at)
{
	usec due = -1;
	for (size_t i = 0; i < pair_count; i++) {
		struct pollfd *fds = polled + 1 + listeners + 2 * i;
		/* A side from which nothing is wanted must not wake us by having hung up: that would be without end. */
		fds[0] = (struct pollfd){.fd = pairs[i]->there.from};
		fds[1] = (struct pollfd){.fd = pairs[i]->there.to};
		watch(&fds[0], &fds[1], &pairs[i]->there, at, &due);
		watch(&fds[1], &fds[0], &pairs[i]->back, at, &due);
		for (int side = 0; side < 2; side++)
			if (!fds[side].events)
				fds[side].fd = -1;
	}
	usec left = due < 0 ? -1 : due > at ? due - at : 0;
	poll(polled, 1 + listeners + 2 * pair_count, left < 0 ? -1 : (int)((left + 500) / 1000));
}

static void serve(int listeners, const int *fds, char *const *ports)
{
	static struct pollfd polled[1 + 64 + 2 * MAX_PAIRS];
	for (;;) {
		polled[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
		for (int i = 0; i < listeners; i++)
			polled[1 + i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
		wait_for_work(polled, (size_t)listeners, now());
		char byte;
		if (polled[0].revents && read(STDIN_FILENO, &byte, 1) <= 0)
			return;
		for (size_t i = 0; i < pair_count; i++) {
			struct pollfd *both = polled + 1 + listeners + 2 * i;
			struct pair *pair = pairs[i];
			if (both[0].fd >= 0 && both[0].revents & (POLLIN | POLLHUP | POLLERR) && !pair->there.at_end)
				receive(&pair->there, pair->open_at);
			if (both[1].fd >= 0 && both[1].revents & (POLLIN | POLLHUP | POLLERR) && !pair->back.at_end)
				receive(&pair->back, pair->open_at);
			deliver(&pair->there);
			deliver(&pair->back);
		}
		drop_finished();
		for (int i = 0; i < listeners; i++)
			if (polled[1 + i].revents)
				accept_one(fds[i], atoi(ports[i]));
	}
}

int main(int argc, char **argv)
{
	int fds[64];
	if (argc < 3 || argc > 2 + 64) {
		fprintf(stderr, "usage: delay MS PORT...\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	delay = atoi(argv[1]) * 1000LL;
	for (int i = 2; i < argc; i++)
		fds[i - 2] = listen_somewhere();
	fflush(stdout);
	serve(argc - 2, fds, argv + 2);
	return 0;
}
