/* See webcheckout.h. The page is a stranger's: what it says is given to programs as one word, and only where it can do no harm. */
#include "cmd/webcheckout.h"

#include "base/foreground.h"
#include "base/path.h"
#include "cmd/app.h"
#include "fetch/fetch.h"
#include "fetch/links.h"
#include "report/output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_BYTES = 16 << 20, CONNECT_MS = 30000, STALL_MS = 30000, TOTAL_MS = 600000 };

static const char usage[] = "usage: webcheckout [options] url [destdir]";

struct request {
	bool authenticated, no_act, quiet, insecure, help;
	const char *url, *directory; /* directory: NULL */
};

static const struct flag {
	const char *name; /* its first letter is the short form, but for help */
	size_t target;
} flags[] = {
#define TO(field) offsetof(struct request, field)
    {"auth", TO(authenticated)}, {"no-act", TO(no_act)},     {"noact", TO(no_act)},
    {"quiet", TO(quiet)},	 {"insecure", TO(insecure)}, {"help", TO(help)},
#undef TO
};

static const struct flag *flag_by_letter(char letter)
{
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		bool is_insecure = flags[i].target == offsetof(struct request, insecure);
		if (letter == (is_insecure ? 'k' : flags[i].name[0]))
			return &flags[i];
	}
	return NULL;
}

static const struct flag *flag_by_name(const char *name)
{
	for (size_t i = 0; *name && i < sizeof flags / sizeof *flags; i++) {
		if (strncasecmp(flags[i].name, name, strlen(name)) == 0)
			return &flags[i];
	}
	return NULL;
}

static bool set_flag(struct request *request, const struct flag *flag, const char *spelling, size_t len)
{
	if (flag)
		*(bool *)((char *)request + flag->target) = true;
	else
		output_line(STDERR_FILENO, "Unknown option: %.*s", (int)len, spelling);
	return flag != NULL;
}

/* All unknown options are named. Options end at the first word that is none, or behind "--". */
static bool parse(struct request *request, char **argv)
{
	bool good = true;
	char **word = argv + 1;
	for (; *word && (*word)[0] == '-' && (*word)[1]; word++) {
		if (strcmp(*word, "--") == 0) {
			word++;
			break;
		}
		if ((*word)[1] == '-') {
			good &= set_flag(request, flag_by_name(*word + 2), *word + 2, strlen(*word + 2));
			continue;
		}
		for (const char *letter = *word + 1; *letter; letter++)
			good &= set_flag(request, flag_by_letter(*letter), letter, 1);
	}
	request->url = *word;
	request->directory = *word ? word[1] : NULL;
	return good && (request->url || request->help);
}

/* What a person means by an address: files begin with / or a dot, and hosts need no http:// in front. For free(). */
static char *guess_url(const char *text)
{
	struct slice trimmed = slice_trim(slice_of(text));
	char *url = mem_dup(trimmed.ptr, trimmed.len);
	if (!*url || strstr(url, "://") || url[0] == '/' || url[0] == '.' || strncmp(url, "file:/", 6) == 0)
		return url;
	char *whole = mem_format("http://%s", url);
	free(url);
	return whole;
}

/* Text of the page for a terminal. For free(). */
static char *show(const char *text)
{
	char *shown = mem_strdup(text);
	for (char *c = shown; *c; c++)
		*c = (unsigned char)*c < 0x20 || *c == 0x7f ? '?' : *c;
	return shown;
}

/* The words of the command, without the directory; false when the system is not known. */
static bool make_command(struct args *argv, const struct link *link)
{
	static const char *const known[][5] = {
	    {"git", "-c", "protocol.file.allow=user", "clone"},
	    {"svn", "checkout"},
	    {"bzr", "branch"},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(known[i][0], link->vcs) != 0)
			continue;
		for (const char *const *word = known[i]; *word; word++)
			args_push(argv, *word);
		args_push(argv, "--");
		args_push(argv, link->url);
		return true;
	}
	return false;
}

static void print_command(const struct args *argv)
{
	struct str line = STR_INIT;
	for (size_t i = 0; i < argv->len; i++)
		str_addf(&line, "%s%s", i ? " " : "", argv->list[i]);
	str_addc(&line, '\n');
	output_bytes(STDOUT_FILENO, str_slice(&line));
	str_release(&line);
}

static bool run_command(const struct args *argv)
{
	int status = 0, stop = 0;
	int error = foreground_run(argv->list, NULL, NULL, &status, &stop);
	if (stop)
		raise(stop);
	if (error)
		output_line(STDERR_FILENO, "webcheckout: cannot run %s: %s", argv->list[0], strerror(error));
	else if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		output_line(STDERR_FILENO, "webcheckout: there is no %s here", argv->list[0]);
	return !error && status == 0;
}

static bool check_out(const struct request *request, const struct link *link, const char *directory)
{
	struct args argv = ARGS_INIT;
	char *url = show(link->url), *vcs = show(link->vcs);
	const char *danger = link_danger(link, !directory);
	bool known = make_command(&argv, link), done = false;
	if (directory)
		args_push(&argv, directory);
	if (!known) {
		output_line(STDERR_FILENO, "unknown repository type %s for %s", vcs, url);
	} else if (danger) {
		output_line(STDERR_FILENO, "webcheckout: left out %s: %s", url, danger);
	} else {
		if (!request->quiet || request->no_act)
			print_command(&argv);
		done = request->no_act || run_command(&argv);
		if (!done)
			output_line(STDERR_FILENO, "failed to checkout %s", url);
	}
	args_release(&argv);
	free(url);
	free(vcs);
	return done;
}

static int enter(const char *directory)
{
	const char *what = "chdir to";
	if (!path_exists(directory) && path_make_dirs(directory))
		what = "make";
	else if (chdir(directory) == 0)
		return 0;
	output_line(STDERR_FILENO, "failed to %s %s: %s", what, directory, strerror(errno));
	return -1;
}

/* Several repositories go into the directory, a single one becomes it. */
static int check_out_all(const struct request *request, const struct links *links)
{
	const char *directory = request->directory;
	int status = EXIT_OK;
	if (directory && links->len > 1) {
		if (!request->no_act && enter(directory))
			return EXIT_USAGE;
		directory = NULL;
	}
	setenv("GIT_PROTOCOL_FROM_USER", "0", 1); /* no files of this machine, no programs */
	for (size_t i = 0; i < links->len; i++) {
		if (!check_out(request, &links->list[i], directory))
			status = EXIT_SOME_FAILED;
	}
	return status;
}

static int download(const struct request *request, const char *url, struct str *page, struct err *err)
{
	return fetch(url, &(struct fetch_opts){
		.insecure = request->insecure,
		.max_bytes = MAX_BYTES,
		.connect_timeout = CONNECT_MS,
		.stall_timeout = STALL_MS,
		.total_timeout = TOTAL_MS,
	}, page, err);
}

static int read_page(const struct request *request)
{
	struct links links = LINKS_INIT;
	struct str page = STR_INIT;
	struct err err = ERR_INIT;
	char *url = guess_url(request->url);
	int status = EXIT_USAGE;
	if (!*url || download(request, url, &page, &err))
		output_line(STDERR_FILENO, "failed to download %s%s%s", url, err_is_set(&err) ? "\nwebcheckout: " : "", err_text(&err));
	else if (links_read(&links, str_slice(&page), &err))
		output_line(STDERR_FILENO, "webcheckout: %s: %s", url, err_text(&err));
	else if (!links.len)
		output_line(STDERR_FILENO, "no repositories found on %s", url);
	else {
		links_choose(&links, request->authenticated);
		status = check_out_all(request, &links);
	}
	links_release(&links);
	str_release(&page);
	err_release(&err);
	free(url);
	return status;
}

bool webcheckout_is_meant(const char *argv0)
{
	const char *slash = argv0 ? strrchr(argv0, '/') : NULL;
	return argv0 && strcmp(slash ? slash + 1 : argv0, "webcheckout") == 0;
}

int webcheckout_run(int argc, char **argv)
{
	struct request request = {.url = NULL};
	(void)argc;
	bool good = parse(&request, argv);
	if (!good || request.help) {
		output_line(good ? STDOUT_FILENO : STDERR_FILENO, "%s", usage);
		return good ? EXIT_OK : EXIT_USAGE;
	}
	return read_page(&request);
}
