/* mr bootstrap SOURCE [DIRECTORY]: fetches a .mrconfig from somewhere, puts it in place and checks out what it lists.
 *
 * What came from elsewhere is not trusted: it is read, and refused, before anything is done that it says. A section "." is checked
 * out first, into the directory itself; it may bring a .mrconfig of its own, which then stays. */
#include "base/file.h"
#include "base/path.h"
#include "cmd/app.h"
#include "fetch/fetch.h"
#include "report/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_BYTES = 16 << 20, CONNECT_MS = 30000, STALL_MS = 30000, TOTAL_MS = 600000, PROGRESS_MS = 100 };

/* The line on a terminal that says how far the download is. */
struct progress {
	msec last;
	int width; /* of what stands there */
};

static void show_progress(void *context, size_t received)
{
	struct progress *progress = context;
	msec now = clock_now();
	if (!received || now - progress->last < PROGRESS_MS)
		return;
	progress->last = now;
	char *text = mem_format("\rmr bootstrap: %zu KiB", (received + 1023) / 1024);
	progress->width = (int)strlen(text) - 1;
	output_bytes(STDERR_FILENO, slice_of(text));
	free(text);
}

static void erase_progress(const struct progress *progress)
{
	if (!progress->width)
		return;
	char *text = mem_format("\r%*s\r", progress->width, "");
	output_bytes(STDERR_FILENO, slice_of(text));
	free(text);
}

/* What a server says that would rather have a login, or shows the file instead of giving it. */
static int check_answer(const char *source, struct slice text, struct err *err)
{
	text = slice_trim(text);
	if (slice_starts(text, "<"))
		return err_set(err, "%s gives a web page, no .mrconfig (is there an address of the file itself?)", source);
	if (!text.len && strstr(source, "://"))
		return err_set(err, "%s gives an empty file", source);
	return 0;
}

static int download(const struct app *app, const char *source, struct str *text, struct err *err)
{
	struct progress progress = {0};
	int failed = fetch(source, &(struct fetch_opts){
		.insecure = app->options.insecure,
		.max_bytes = MAX_BYTES,
		.connect_timeout = CONNECT_MS,
		.stall_timeout = STALL_MS,
		.total_timeout = app->options.timeout > 0 ? (msec)app->options.timeout * 1000 : TOTAL_MS,
		.progress = isatty(STDERR_FILENO) ? show_progress : NULL,
		.progress_context = &progress,
	}, text, err);
	erase_progress(&progress);
	return failed ? failed : check_answer(source, str_slice(text), err);
}

/* Makes the directory and goes there. From then on mr works where it was started if that is around it, else there. */
static int enter(struct app *app, const char *directory, struct err *err)
{
	char *path = path_join(app->start_dir, directory);
	int failed = !path_exists(path) && path_make_dirs(path) ? err_sys(err, errno, "cannot make directory %s", directory) : 0;
	if (!failed && chdir(path))
		failed = err_sys(err, errno, "failed to chdir to %s", directory);
	free(path);
	char *here = failed ? NULL : path_cwd();
	if (!failed && !here)
		failed = err_sys(err, errno, "failed to chdir to %s", directory);
	if (failed)
		return -1;
	free(app->start_dir);
	app->start_dir = here;
	if (!app->options.directory && !path_is_within(here, app->directory)) {
		free(app->directory);
		app->directory = mem_strdup(here);
		free(app->logical_dir);
		app->logical_dir = mem_strdup(here);
	}
	return 0;
}

/* Reads the text into the registry as if it were .mrconfig here. The registry reads files, so that it has to be one. */
static int judge(struct app *app, struct slice text, const char *source, struct err *err)
{
	const char *dir = getenv("TMPDIR");
	char *name = mem_format("%s/mr.XXXXXX", dir && dir[0] == '/' ? dir : "/tmp");
	int fd = mkstemp(name), failed = 0;
	if (fd < 0 || file_write_fd(fd, text.ptr, text.len))
		failed = err_sys(err, errno, "temporary file %s", name);
	if (!failed)
		failed = registry_add_file(app->registry, name, app->start_dir, source, err);
	if (fd >= 0) {
		close(fd);
		unlink(name);
	}
	free(name);
	return failed;
}

/* The section "." of the directory, if it can be checked out. */
static const struct section *find_here(const struct app *app)
{
	for (size_t i = 0; i < registry_section_count(app->registry); i++) {
		const struct section *section = registry_section(app->registry, i);
		const char *topdir = section_topdir(section);
		if (slice_is(section_name(section), ".") && path_is_within(topdir, app->start_dir) &&
		    path_is_within(app->start_dir, topdir) && section_get(section, "checkout"))
			return section;
	}
	return NULL;
}

/* Whatever has that name stays, also a link that leads nowhere: what it leads to is not ours to write. */
static int put_in_place(const char *config, struct slice text, const char *source, struct err *err)
{
	struct stat st;
	struct file_lock *lock;
	if (lstat(config, &st) == 0) {
		output_line(STDERR_FILENO, "mr bootstrap: .mrconfig file already exists, not overwriting with %s", source);
		return 0;
	}
	if (file_lock(&lock, config, err))
		return -1;
	int failed = 0;
	if (lstat(config, &st) == 0)
		failed = err_set(err, "%s was made by somebody else just now, not overwriting it with %s", config, source);
	else
		failed = file_replace(config, text, err);
	file_unlock(lock);
	return failed;
}

/* Both checkouts, and the .mrconfig between them. */
static int check_out(struct app *app, struct slice text, const char *source)
{
	struct summary summary = SUMMARY_INIT;
	struct err err = ERR_INIT;
	const struct section *here = find_here(app);
	char *config = path_join(app->start_dir, ".mrconfig");
	char *directory = path_join(app->start_dir, "");
	int status = EXIT_USAGE;
	bool goes_on = !here || repos_checkout_in_place(app, here, &summary, &status);
	if (goes_on && (put_in_place(config, text, source, &err) || app_reload(app, config, &err))) {
		output_error(err_text(&err));
		goes_on = false;
	}
	if (goes_on && repos_checkout_rest(app, directory, &summary, &status))
		status = repos_summarise(app, "bootstrap", &summary);
	err_release(&err);
	summary_release(&summary);
	free(directory);
	free(config);
	return status;
}

/* What follows source and directory are the parameters of the checkout commands. */
static void drop_params(struct args *params, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(params->list[i]);
	params->len -= count;
	memmove(params->list, params->list + count, (params->len + 1) * sizeof *params->list);
}

int bootstrap_run(struct app *app)
{
	struct args *params = &app->params;
	if (!params->len || !params->list[0][0]) {
		output_error("bootstrap requires source");
		return EXIT_USAGE;
	}
	char *source = mem_strdup(params->list[0]);
	char *directory = mem_strdup(params->len > 1 && params->list[1][0] ? params->list[1] : ".");
	drop_params(params, params->len > 1 ? 2 : 1);
	struct str text = STR_INIT;
	struct err err = ERR_INIT;
	int status = EXIT_USAGE;
	if (download(app, source, &text, &err) || enter(app, directory, &err))
		output_line(STDERR_FILENO, "mr bootstrap: %s", err_text(&err));
	else if (judge(app, str_slice(&text), source, &err))
		output_error(err_text(&err));
	else
		status = check_out(app, str_slice(&text), source);
	err_release(&err);
	str_release(&text);
	free(directory);
	free(source);
	return status;
}
