/* See multi.h. libcurl says what it waits for, sockets and a point in time, and is called when that has come. */
#include "fetch/multi.h"

#include "base/mem.h"

#include <poll.h>

struct multi {
	struct loop *loop;
	CURLM *handle;
	struct timer timer;
	multi_ended *ended;
	void *context;
};

static void take_results(struct multi *multi)
{
	CURLMsg *message;
	int left;
	while ((message = libcurl.multi_info_read(multi->handle, &left))) {
		if (message->msg != CURLMSG_DONE)
			continue;
		CURL *handle = message->easy_handle;
		CURLcode code = message->data.result;
		libcurl.multi_remove_handle(multi->handle, handle);
		multi->ended(multi->context, handle, code);
	}
}

static void socket_ready(void *context, int fd, short revents)
{
	struct multi *multi = context;
	int running, what = 0;
	what |= revents & (POLLIN | POLLHUP) ? CURL_CSELECT_IN : 0;
	what |= revents & POLLOUT ? CURL_CSELECT_OUT : 0;
	what |= revents & (POLLERR | POLLNVAL) ? CURL_CSELECT_ERR : 0;
	libcurl.multi_socket_action(multi->handle, fd, what, &running);
	take_results(multi);
}

static int socket_changed(CURL *curl, curl_socket_t fd, int what, void *context, void *unused)
{
	struct multi *multi = context;
	short events = 0;
	(void)curl;
	(void)unused;
	if (what & CURL_POLL_IN)
		events |= POLLIN;
	if (what & CURL_POLL_OUT)
		events |= POLLOUT;
	if (what == CURL_POLL_REMOVE)
		loop_unwatch(multi->loop, fd);
	else
		loop_watch(multi->loop, fd, events, socket_ready, multi);
	return 0;
}

static void time_is_up(void *context)
{
	struct multi *multi = context;
	int running;
	libcurl.multi_socket_action(multi->handle, CURL_SOCKET_TIMEOUT, 0, &running);
	take_results(multi);
}

static int timer_changed(CURLM *handle, long ms, void *context)
{
	struct multi *multi = context;
	(void)handle;
	if (ms < 0)
		loop_timer_clear(multi->loop, &multi->timer);
	else
		loop_timer_set(multi->loop, &multi->timer, clock_after(ms), time_is_up, multi);
	return 0;
}

struct multi *multi_new(struct loop *loop, unsigned connections, multi_ended *ended, void *context)
{
	struct err err = ERR_INIT;
	CURLM *handle = NULL;
	if (!libcurl_load(&err) && libcurl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
		handle = libcurl.multi_init();
	err_release(&err);
	if (!handle)
		return NULL;
	struct multi *multi = mem_calloc(1, sizeof *multi);
	*multi = (struct multi){.loop = loop, .handle = handle, .ended = ended, .context = context};
	libcurl.multi_setopt(handle, CURLMOPT_SOCKETFUNCTION, socket_changed);
	libcurl.multi_setopt(handle, CURLMOPT_SOCKETDATA, multi);
	libcurl.multi_setopt(handle, CURLMOPT_TIMERFUNCTION, timer_changed);
	libcurl.multi_setopt(handle, CURLMOPT_TIMERDATA, multi);
	libcurl.multi_setopt(handle, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
	libcurl.multi_setopt(handle, CURLMOPT_MAX_HOST_CONNECTIONS, (long)connections);
	return multi;
}

void multi_add(struct multi *multi, CURL *handle)
{
	libcurl.multi_add_handle(multi->handle, handle);
}
