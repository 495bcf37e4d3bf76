/* Copies from another machine by scp, so that the user's own ssh configuration, agent and keys count. */
#include "base/args.h"
#include "base/foreground.h"
#include "fetch/ways.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* The source as scp takes it, [user@]host:file; NULL when it is none, or could be taken for an option. */
static const char *scp_source(const char *url)
{
	const char *source = url + strlen("ssh://");
	size_t len = strcspn(source, ":");
	const char *at = memchr(source, '@', len);
	const char *host = at ? at + 1 : source;
	bool has_host = source[len] && host < source + len && !memchr(source, '/', len);
	return has_host && source[0] != '-' && host[0] != '-' ? source : NULL;
}

/* An endless file would fill the disk. */
static void limit_size(void *context)
{
	const size_t *max_bytes = context;
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){*max_bytes, *max_bytes});
}

static int run_scp(const char *source, const char *target, size_t max_bytes, int *status, int *stop)
{
	struct args argv = ARGS_INIT;
	args_push(&argv, "scp");
	args_push(&argv, "--");
	args_push(&argv, source);
	args_push(&argv, target);
	int error = foreground_run(argv.list, limit_size, &max_bytes, status, stop);
	args_release(&argv);
	return error;
}

static int explain(const char *url, const struct fetch_opts *opts, int error, int status, struct err *err)
{
	if (error)
		return err_sys(err, error, "download of %s failed", url);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
		return err_set(err, "download of %s failed: it is longer than %zu bytes", url, opts->max_bytes);
	if (WIFSIGNALED(status))
		return err_set(err, "download of %s failed: scp was ended by signal %d", url, WTERMSIG(status));
	if (WEXITSTATUS(status) == 127)
		return err_set(err, "download of %s failed: there is no scp here", url);
	return err_set(err, "download of %s failed: scp exited with status %d", url, WEXITSTATUS(status));
}

/* A new file of the user's own; NULL with a message. For free(). */
static char *make_temporary(struct err *err)
{
	const char *dir = getenv("TMPDIR");
	char *name = mem_format("%s/mr.XXXXXX", dir && dir[0] == '/' ? dir : "/tmp");
	int fd = mkstemp(name);
	if (fd >= 0) {
		close(fd);
		return name;
	}
	err_sys(err, errno, "temporary file %s", name);
	free(name);
	return NULL;
}

int fetch_scp(const char *url, const struct fetch_opts *opts, struct str *out, struct err *err)
{
	const char *source = scp_source(url);
	int status = 0, stop = 0;
	if (!source)
		return err_set(err, "%s does not say where: ssh://[user@]host:file is understood", url);
	char *name = make_temporary(err);
	if (!name)
		return -1;
	int error = run_scp(source, name, opts->max_bytes, &status, &stop), failed;
	if (error || status)
		failed = explain(url, opts, error, status, err);
	else
		failed = fetch_file(name, opts, out, err);
	unlink(name);
	free(name);
	if (stop)
		raise(stop);
	return failed;
}
