/* Asks the network service about repositories: ask [OPTION...] URL..., a line for each answer as it comes.
 *
 *   "URL: refs N", "URL: unknown REASON: MESSAGE" or "URL: failed REASON: MESSAGE"
 *   -d DIR     the repositories' directory (.)     -c FILE      http.sslCAInfo
 *   -j N       jobs per host                       -k           http.sslVerify is false
 *   -r N       retries                             -C           helpers may be asked
 *   -t MS      timeout                             -H HEADER    http.extraHeader
 *   -p PREFIX  ref-prefix; several                 -s COMMAND   core.sshCommand
 *   -m         at the end, the milliseconds to standard error
 *   -v         show the references, and what is shared
 *   -w         wait for the end of standard input before the service is ended
 *   -K         kill the service instead of ending it */
#include "base/clock.h"
#include "base/frame.h"
#include "fetch/ask.h"
#include "fetch/network.h"
#include "run/service.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct network_opts limits;
static struct ask_question pattern = {.dir = "."};
static bool verbose, measures, waits, kills;

static void take_option(int option)
{
	switch (option) {
	case 'd':
		pattern.dir = optarg;
		break;
	case 'c':
		pattern.http.ssl_ca_info = optarg;
		break;
	case 'k':
		pattern.http.no_verify = true;
		break;
	case 'C':
		pattern.http.credentials = "";
		break;
	case 'H':
		args_push(&pattern.http.headers, optarg);
		break;
	case 'j':
		limits.jobs_per_host = (unsigned)atoi(optarg);
		break;
	case 'r':
		limits.retries = (unsigned)atoi(optarg);
		break;
	case 't':
		limits.timeout = atoi(optarg);
		break;
	case 'p':
		args_push(&pattern.prefixes, optarg);
		break;
	case 's':
		pattern.ssh.command = optarg;
		break;
	case 'm':
		measures = true;
		break;
	case 'v':
		verbose = true;
		break;
	case 'w':
		waits = true;
		break;
	case 'K':
		kills = true;
		break;
	default:
		exit(2);
	}
}

/* URL is https://..., or [USER@]HOST:PATH. */
static void ask(struct service *service, char *url)
{
	struct ask_question question = pattern;
	char *copy = mem_strdup(url), *host = copy, *at, *colon;
	struct str bytes = STR_INIT;
	question.url = url;
	if (strncmp(url, "http", 4) != 0 && (colon = strchr(host, ':'))) {
		question.transport = ASK_SSH;
		*colon = '\0';
		question.ssh.path = colon + 1;
		if ((at = strchr(host, '@'))) {
			*at = '\0';
			question.ssh.user = host;
			host = at + 1;
		}
		question.ssh.host = host;
	}
	ask_encode_question(&bytes, &question);
	service_ask(service, str_slice(&bytes));
	str_release(&bytes);
	free(copy);
}

static void show(const char *url, struct slice bytes)
{
	struct ask_answer answer = {0};
	if (!ask_decode_answer(&answer, bytes))
		printf("%s: the answer is broken\n", url);
	else if (answer.kind == ASK_REFS)
		printf("%s: refs %zu\n", url, answer.count);
	else
		printf("%s: %s %s: %s\n", url, answer.kind == ASK_UNKNOWN ? "unknown" : "failed",
		       failure_text(answer.reason), answer.message);
	for (size_t i = 0; verbose && i < answer.count; i++)
		printf("  %s %s %s %s\n", answer.refs[i].id ? answer.refs[i].id : "-", answer.refs[i].name,
		       answer.refs[i].symref ? answer.refs[i].symref : "-",
		       answer.refs[i].peeled ? answer.refs[i].peeled : "-");
	if (verbose && answer.share)
		printf("  share %s\n", answer.share);
	ask_answer_release(&answer);
	fflush(stdout);
}

static int hear(struct service *service, char **urls, int count)
{
	uint64_t id;
	struct slice answer;
	while (count) {
		struct pollfd fd = {.fd = service->fd,
				    .events = (short)(service_has_to_send(service) ? POLLIN | POLLOUT : POLLIN)};
		poll(&fd, 1, -1);
		bool there = service_exchange(service);
		while (service_answer(service, &id, &answer)) {
			show(urls[id - 1], answer);
			count--;
		}
		if (!there && count) {
			printf("the service is gone\n");
			return 1;
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct service service = SERVICE_INIT;
	char byte;
	int option;
	while ((option = getopt(argc, argv, "d:c:kCH:j:r:t:p:s:mvwK")) != -1)
		take_option(option);
	struct network *network = network_new(&limits);
	msec from = clock_now();
	if (service_start(&service, network_serve, network))
		return 2;
	for (int i = optind; i < argc; i++)
		ask(&service, argv[i]);
	int failed = hear(&service, argv + optind, argc - optind);
	msec answered = clock_now();
	while (waits && read(STDIN_FILENO, &byte, 1) > 0)
		;
	if (kills)
		kill(-service.pid, SIGKILL);
	service_hang_up(&service);
	waitpid(service.pid, NULL, 0);
	if (measures)
		fprintf(stderr, "%d ms, %d with the end\n", (int)(answered - from), (int)(clock_now() - from));
	service_forget(&service);
	network_free(network);
	args_release(&pattern.prefixes);
	args_release(&pattern.http.headers);
	return failed;
}
