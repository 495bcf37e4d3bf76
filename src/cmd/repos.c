/* Every action that runs over repositories: which ones, how many at a time, and what is said at the end. */
#include "action/offline.h"
#include "action/operation.h"
#include "base/path.h"
#include "cmd/app.h"
#include "cmd/native.h"
#include "fetch/network.h"
#include "registry/sources.h"
#include "report/output.h"
#include "report/summary.h"
#include "run/platform.h"
#include "run/signals.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many jobs are useful where a network is waited for: a server's limits (sshd starts 10 at a time) begin above that. */
enum { NETWORK_JOBS = 8 };

/* After a failure that may pass. */
enum { RETRIES = 2 };

/* From TERM to KILL, and how long a native operation may think before git is asked. */
enum { GRACE_MS = 2000, NATIVE_MS = 60000 };

/* One run: the selections that its repositories are in, their operations, the group. */
struct repos {
	struct app *app;
	struct operation_plan plan;
	struct select_opts select;
	struct selection **selections;
	size_t selection_count;
	struct operation **operations;
	size_t operation_count;
	size_t operation_cap;
	struct group *group;
	struct network *network;
};

static bool is_one_of(const char *action, const char *const *names)
{
	while (*names && strcmp(action, *names) != 0)
		names++;
	return *names != NULL;
}

/* In offline mode and back: these act on one repository, whichever comes first, and always succeed. */
static bool is_about_the_log(const char *action)
{
	static const char *const names[] = {"remember", "offline", "online", NULL};
	return is_one_of(action, names);
}

/* -j, else `jobs =`, else -1. */
static long chosen_jobs(const struct app *app)
{
	return app->options.jobs >= 0 ? app->options.jobs : registry_jobs(app->registry);
}

static unsigned useful_jobs(const char *action)
{
	static const char *const network[] = {"checkout", "update", "fetch", "push", NULL};
	unsigned cpus = platform_cpu_count();
	return is_one_of(action, network) && cpus < NETWORK_JOBS ? NETWORK_JOBS : cpus;
}

/* 0 for none; what is longer than a clock can tell is none. */
static msec milliseconds(long seconds)
{
	return seconds > 0 && seconds < LONG_MAX / 1000 ? (msec)seconds * 1000 : 0;
}

/* A number of an option, or what holds without it. */
static unsigned number_or(long given, unsigned otherwise)
{
	return given < 0 ? otherwise : given > INT_MAX ? INT_MAX : (unsigned)given;
}

static void plan_run(struct repos *repos, const char *action, bool leaf)
{
	const struct app *app = repos->app;
	const struct options *options = &app->options;
	repos->plan = (struct operation_plan){
	    .registry = app->registry,
	    .action = action,
	    .params = &app->params,
	    .start_dir = app->start_dir,
	    .directory = app->directory,
	    .home = app->home,
	    .switches = str_cstr(&options->quoted),
	    .given_directory = options->directory,
	    .moved_config = options->config && options->config[0] != '/' ? app->config : NULL,
	    .leaf = leaf,
	    .to_top = options->top,
	    .force = options->force,
	    .verbose = options->verbose,
	    .minimal = options->minimal,
	    .quiet = options->quiet,
	    .interactive = options->interactive,
	    .native = !options->no_native,
	    .cache = options->cache,
	    .cached = options->cached,
	    .uncache = options->uncache,
	    .print_action = !options->no_print_action,
	    .print_dir = !options->no_print_dir,
	    .print_subdir = !options->no_print_subdir,
	    .remembers = !is_about_the_log(action) && !getenv("MR_ONLINE"),
	    .unrecorded = is_about_the_log(action),
	    .chosen_jobs = chosen_jobs(app) >= 0,
	    .timeout = milliseconds(options->timeout),
	    .answers = answers_new(),
	    .vcs_memo = vcs_memo_new(),
	    .retries = number_or(options->retries, RETRIES),
	};
}

static void add_job(struct repos *repos, const struct repo *repo, long after)
{
	struct operation *operation = operation_new(&repos->plan, repo);
	MEM_RESERVE(repos->operations, repos->operation_cap, repos->operation_count + 1);
	repos->operations[repos->operation_count++] = operation;
	group_add(repos->group, operation, section_order(repo->section), after);
}

/* Only what makes directories must wait for the directory around it. */
static bool makes_directories(const char *action)
{
	return strcmp(action, "checkout") == 0 || strstr(action, "update");
}

static void add_jobs(struct repos *repos, struct selection *selection)
{
	repos->selections = mem_realloc(repos->selections, repos->selection_count + 1, sizeof *repos->selections);
	repos->selections[repos->selection_count++] = selection;
	size_t first = repos->operation_count;
	bool nested = makes_directories(repos->plan.action);
	if (nested || strcmp(repos->plan.action, "fetch") == 0)
		sources_mark(selection, repos->plan.home);
	for (size_t i = 0; i < selection->count; i++) {
		const struct repo *repo = &selection->list[i];
		add_job(repos, repo, nested && repo->parent >= 0 ? (long)first + repo->parent : -1);
	}
}

/* A repository that has just come or changed may have brought the .mrconfig that its section chains to: go on with that. */
static bool follow_chain(void *context, struct job *job, const struct repo *repo)
{
	struct repos *repos = context;
	struct err err = ERR_INIT;
	size_t added = 0;
	if (repos->plan.leaf || !section_get(repo->section, "chain"))
		return true;
	if (registry_chain(repos->app->registry, repo->section, &added, &err)) {
		char *line = mem_format("mr: %s\n", err_text(&err));
		job_say(job, STREAM_ERR, line, strlen(line));
		free(line);
		err_release(&err);
		return false; /* nothing of a file that is not understood to its end */
	}
	if (!added)
		return true;
	struct selection *selection = mem_calloc(1, sizeof *selection);
	select_repos(selection, repos->app->registry, &repos->select, registry_section_count(repos->app->registry) - added);
	if (selection->leaf)
		selection_release(selection);
	add_jobs(repos, selection);
	return true;
}

static ssize_t write_output(void *context, enum stream stream, const char *bytes, size_t len)
{
	(void)context;
	return output_some((int)stream, bytes, len);
}

/* A single repository runs as it would by hand: with the terminal, and a pager if its command likes one. */
static struct group *make_group(struct repos *repos, size_t count)
{
	const struct options *options = &repos->app->options;
	long jobs = chosen_jobs(repos->app);
	if (jobs < 0 && count == 1)
		jobs = 1;
	unsigned slots = jobs > INT_MAX ? INT_MAX : jobs >= 0 ? (unsigned)jobs : useful_jobs(repos->plan.action);
	unsigned cpus = platform_cpu_count();
	unsigned workers = slots && slots < cpus ? slots : cpus;
	/* Processors that would be idle otherwise help with a large repository. */
	repos->plan.threads = count && count < workers ? cpus / (unsigned)count : cpus / workers;
	repos->network = network_new(&(struct network_opts){
		.jobs_per_host = number_or(options->jobs_per_host, 0),
		.retries = number_or(options->retries, RETRIES),
		.timeout = milliseconds(options->timeout),
	});
	return group_new(&(struct group_opts){
		.ops = &operation_job_ops,
		.slots = slots,
		.workers = workers,
		.serve = native_serve,
		.service = network_serve,
		.service_context = repos->network,
		.ask_timeout = network_patience(repos->network),
		.always_terminal = jobs == 1,
		.grace = GRACE_MS,
		.call_timeout = NATIVE_MS,
		.write = write_output,
	});
}

/* uncounted: a directory that is not worth mentioning when it was skipped; NULL. */
static void count_results(const struct repos *repos, const char *uncounted, struct summary *summary)
{
	for (size_t i = 0; i < repos->operation_count; i++) {
		const struct operation *operation = repos->operations[i];
		const char *dir = operation_dir(operation);
		summary->native += operation_way(operation) == WAY_NATIVE;
		summary->mixed += operation_way(operation) == WAY_MIXED;
		summary->git += operation_way(operation) == WAY_GIT;
		switch (operation_result(operation)) {
		case RESULT_OK:
			summary->ok++;
			break;
		case RESULT_FAILED:
			summary->failed++;
			summary_name(&summary->failed_names, dir);
			break;
		case RESULT_SKIPPED:
			if (uncounted && strcmp(dir, uncounted) == 0)
				break;
			summary->skipped++;
			summary_name(&summary->skipped_names, dir);
			break;
		case RESULT_NONE:
			break;
		}
	}
}

int repos_summarise(const struct app *app, const char *name, const struct summary *summary)
{
	const struct options *options = &app->options;
	if (!summary->ok && !summary->failed && !summary->skipped) {
		output_line(STDERR_FILENO, "mr %s: no repositories found to work on", name);
		return EXIT_USAGE;
	}
	summary_print(summary, &(struct summary_opts){
		.action = name,
		.silent = options->quiet || options->minimal,
		.footer = !options->no_print_footer,
		.names = options->stats,
		.ways = options->verbose && !options->quiet,
	});
	return summary->failed ? EXIT_SOME_FAILED : EXIT_OK;
}

static void say_stopped(int sig)
{
	if (sig == SIGINT)
		output_line(STDERR_FILENO, "mr: interrupted");
	else
		output_line(STDERR_FILENO, "mr: ended by signal %d", sig);
}

/* true when the run came to its end; else *status is the exit status. */
static bool run_group(struct repos *repos, int *status)
{
	struct err err = ERR_INIT;
	enum group_result result = GROUP_ABORTED;
	*status = EXIT_USAGE;
	if (signals_open(&err) || group_run(repos->group, &result, &err)) {
		output_error(err_text(&err));
		err_release(&err);
		return false;
	}
	network_free(repos->network);
	repos->network = NULL;
	int stop = signals_stop();
	int write_errno = group_write_errno(repos->group);
	signals_close();
	switch (result) {
	case GROUP_STOPPED:
		say_stopped(stop ? stop : SIGINT);
		signals_die(stop ? stop : SIGINT);
	case GROUP_WRITE_FAILED:
		if (write_errno == EPIPE)
			signals_die(SIGPIPE);
		output_line(STDERR_FILENO, "mr: writing the output: %s", strerror(write_errno));
		return false;
	case GROUP_ABORTED:
		*status = EXIT_SOME_FAILED;
		return false;
	case GROUP_FINISHED:
		break;
	}
	return true;
}

/* How long ~/.mrlog is. */
static size_t log_size(const char *log)
{
	struct stat st;
	return stat(log, &st) ? 0 : (size_t)st.st_size;
}

/* What was remembered in parallel, in the order in which it would have been one by one. */
static void arrange_log(const struct repos *repos, const char *log, size_t from)
{
	struct args directories = ARGS_INIT;
	struct err err = ERR_INIT;
	for (size_t i = 0; i < repos->operation_count; i++) {
		const char *dir = operation_dir(repos->operations[i]);
		size_t len = strlen(dir);
		if (operation_was_remembered(repos->operations[i]))
			args_take(&directories, mem_dup(dir, len > 1 ? len - 1 : len));
	}
	if (directories.len > 1 && offline_arrange(log, from, &directories, &err))
		output_error(err_text(&err));
	err_release(&err);
	args_release(&directories);
}

static void release(struct repos *repos)
{
	group_free(repos->group);
	network_free(repos->network);
	for (size_t i = 0; i < repos->operation_count; i++)
		operation_free(repos->operations[i]);
	for (size_t i = 0; i < repos->selection_count; i++) {
		selection_release(repos->selections[i]);
		free(repos->selections[i]);
	}
	answers_free(repos->plan.answers);
	vcs_memo_free(repos->plan.vcs_memo);
	free(repos->operations);
	free(repos->selections);
	args_release(&repos->plan.complained);
	free(repos->plan.above);
	free(repos->plan.real_above);
}

/* Runs an action on what is selected. */
static bool run_selection(struct app *app, const char *action, const char *uncounted, struct summary *summary, int *status)
{
	struct repos repos = {.app = app};
	repos.select = (struct select_opts){
	    .directory = app->directory,
	    .logical = app->logical_dir,
	    .home = app->home,
	    .max_depth = app->options.max_depth,
	};
	struct selection *selection = mem_calloc(1, sizeof *selection);
	select_repos(selection, app->registry, &repos.select, 0);
	plan_run(&repos, action, selection->leaf);
	repos.plan.succeeded = follow_chain;
	repos.plan.succeeded_context = &repos;
	if (is_about_the_log(action))
		selection_truncate(selection, 1);
	size_t count = selection->count;
	repos.plan.alone = count < 2;
	repos.group = make_group(&repos, count);
	add_jobs(&repos, selection);
	char *log = path_join(app->home, ".mrlog");
	size_t from = log_size(log);
	bool finished = !count || run_group(&repos, status);
	arrange_log(&repos, log, from);
	free(log);
	if (finished)
		count_results(&repos, uncounted, summary);
	release(&repos);
	return finished;
}

int repos_run(struct app *app, const char *action)
{
	struct summary summary = SUMMARY_INIT;
	int status = EXIT_OK;
	if (run_selection(app, action, NULL, &summary, &status))
		status = is_about_the_log(action) ? EXIT_OK : repos_summarise(app, action, &summary);
	summary_release(&summary);
	return status;
}

bool repos_checkout_in_place(struct app *app, const struct section *section, struct summary *summary, int *status)
{
	struct repos repos = {.app = app};
	struct repo repo = {.section = section, .path = path_normalise(section_path(section)), .parent = -1};
	plan_run(&repos, "checkout", false);
	repos.plan.checkout_in_place = true;
	repos.plan.alone = true;
	repos.group = make_group(&repos, 1);
	add_job(&repos, &repo, -1);
	bool finished = run_group(&repos, status);
	if (finished)
		count_results(&repos, operation_dir(repos.operations[0]), summary);
	release(&repos);
	free(repo.path);
	return finished;
}

bool repos_checkout_rest(struct app *app, const char *in_place, struct summary *summary, int *status)
{
	return run_selection(app, "checkout", in_place, summary, status);
}
