/* Fetching with short patience: what stands still, drips or never ends is given up, whatever the source. */
#include "fixture.h"

#include "base/clock.h"
#include "fetch/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>

/* A server on loopback that says one thing to whoever comes; one at a time. */
static struct server {
	pid_t pid;
	char *url;
} server;

enum manner {
	SAY,   /* and close */
	STALL, /* says it and then nothing */
	REPEAT, /* says it again and again */
};

static void send_all(int fd, const char *text)
{
	if (file_write_fd(fd, text, strlen(text)))
		_exit(0);
}

static void serve(int listener, enum manner manner, const char *text)
{
	char request[4096];
	int client = accept(listener, NULL, NULL);
	if (client < 0 || read(client, request, sizeof request) <= 0)
		_exit(1);
	send_all(client, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	do {
		send_all(client, text);
	} while (manner == REPEAT);
	if (manner == STALL && read(client, request, sizeof request) > 0)
		_exit(1);
	_exit(0);
}

static void start(enum manner manner, const char *text)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(listener >= 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(listener, 1), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &len), 0);
	server.url = mem_format("http://127.0.0.1:%u/list", (unsigned)ntohs(address.sin_port));
	server.pid = fork();
	assert_true(server.pid >= 0);
	if (!server.pid) {
		signal(SIGPIPE, SIG_IGN);
		serve(listener, manner, text);
	}
	close(listener);
}

static void stop(void)
{
	if (server.pid > 0) {
		kill(server.pid, SIGKILL);
		waitpid(server.pid, NULL, 0);
	}
	free(server.url);
	server = (struct server){0};
}

/* Also after a test that failed. */
static int teardown(void **state)
{
	(void)state;
	stop();
	return 0;
}

/* Fetches what cannot be had, in less than limit; what was in the buffer stays alone. */
static void assert_fails(const char *source, const struct fetch_opts *opts, const char *why, msec limit)
{
	struct str out = STR_INIT;
	struct err err = ERR_INIT;
	msec end = clock_after(limit);
	str_adds(&out, "before");
	assert_int_equal(fetch(source, opts, &out, &err), -1);
	assert_true(clock_now() < end);
	assert_string_equal(str_cstr(&out), "before");
	assert_non_null(strstr(err_text(&err), source));
	if (!strstr(err_text(&err), why))
		fail_msg("%s: should speak of \"%s\"", err_text(&err), why);
	str_release(&out);
	err_release(&err);
}

static void count_calls(void *context, size_t received)
{
	size_t *most = context;
	*most = received > *most ? received : *most;
}

static void test_whole(void **state)
{
	(void)state;
	start(SAY, "text");
	struct str out = STR_INIT;
	struct err err = ERR_INIT;
	size_t most = 0;
	/* As long as is allowed, and not a byte longer. */
	const struct fetch_opts opts = {.max_bytes = 4, .progress = count_calls, .progress_context = &most};
	if (fetch(server.url, &opts, &out, &err))
		fail_msg("%s", err_text(&err));
	assert_string_equal(str_cstr(&out), "text");
	assert_int_equal(most, 4);
	stop();
	start(SAY, "text!");
	assert_fails(server.url, &opts, "longer than 4 bytes", 30000);
	stop();
	str_release(&out);
}

static void test_stall(void **state)
{
	(void)state;
	start(STALL, "some text");
	assert_fails(server.url, &(struct fetch_opts){.max_bytes = 100, .stall_timeout = 1000}, "too slow", 30000);
	stop();
	start(STALL, "some text");
	assert_fails(server.url, &(struct fetch_opts){.max_bytes = 100, .total_timeout = 200}, "time", 30000);
	stop();
}

/* A listener that nobody accepts from connects all the same; TLS then waits for an answer. */
static void test_connect(void **state)
{
	(void)state;
	start(STALL, "");
	char *tls = mem_format("https%s", server.url + strlen("http"));
	kill(server.pid, SIGSTOP);
	int status;
	assert_int_equal(waitpid(server.pid, &status, WUNTRACED), server.pid);
	assert_true(WIFSTOPPED(status));
	assert_fails(tls, &(struct fetch_opts){.max_bytes = 100, .connect_timeout = 200}, "time", 30000);
	free(tls);
	stop();
}

static void test_endless(void **state)
{
	(void)state;
	start(REPEAT, "a line of the endless text\n");
	assert_fails(server.url, &(struct fetch_opts){.max_bytes = 1 << 20}, "longer than 1048576 bytes", 60000);
	stop();
	assert_fails("/dev/zero", &(struct fetch_opts){.max_bytes = 1 << 20}, "longer than 1048576 bytes", 60000);
	assert_fails("file:///dev/zero", &(struct fetch_opts){.max_bytes = 1 << 20}, "longer than 1048576 bytes", 60000);
}

static void test_file(void **state)
{
	struct str out = STR_INIT;
	struct err err = ERR_INIT;
	const struct fetch_opts opts = {.max_bytes = 7};
	char *path = path_join(*state, "list");
	scratch_write(*state, "list", "[a]\nb=c");
	assert_int_equal(fetch(path, &opts, &out, &err), 0);
	assert_string_equal(str_cstr(&out), "[a]\nb=c");
	assert_fails(path, &(struct fetch_opts){.max_bytes = 6}, "longer than 6 bytes", 30000);
	assert_fails("/nowhere/list", &opts, "cannot read file", 30000);
	assert_fails("ssh://host", &opts, "ssh://[user@]host:file", 30000);
	assert_fails("ssh://-x:y", &opts, "ssh://[user@]host:file", 30000);
	assert_fails("ssh://me@-x:y", &opts, "ssh://[user@]host:file", 30000);
	assert_fails("ssh://me@:y", &opts, "ssh://[user@]host:file", 30000);
	assert_fails("gopher://127.0.0.1/", &opts, "gopher", 30000);
	free(path);
	str_release(&out);
}

int main(void)
{
	/* The tests' own server is not to be asked for by way of another. */
	setenv("no_proxy", "*", 1);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(test_whole, teardown),
	    cmocka_unit_test_teardown(test_stall, teardown),
	    cmocka_unit_test_teardown(test_connect, teardown),
	    cmocka_unit_test_teardown(test_endless, teardown),
	    cmocka_unit_test_setup_teardown(test_file, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests_name("fetch", tests, NULL, NULL);
}
