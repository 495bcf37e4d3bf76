/* See fetch.h. */
#include "fetch/fetch.h"

#include "base/file.h"
#include "fetch/ways.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int too_long(const char *what, const struct fetch_opts *opts, struct err *err)
{
	return err_set(err, "%s is longer than %zu bytes", what, opts->max_bytes);
}

static int fetch_input(const struct fetch_opts *opts, struct str *out, struct err *err)
{
	int error = file_read_fd_limited(STDIN_FILENO, opts->max_bytes, out) ? errno : 0;
	if (error == EFBIG)
		return too_long("standard input", opts, err);
	return error ? err_sys(err, error, "cannot read standard input") : 0;
}

int fetch_file(const char *path, const struct fetch_opts *opts, struct str *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int error = fd < 0 || file_read_fd_limited(fd, opts->max_bytes, out) ? errno : 0;
	if (fd >= 0)
		close(fd);
	if (error == ENOENT)
		return err_set(err, "cannot read file '%s'", path);
	if (error == EFBIG)
		return too_long(path, opts, err);
	return error ? err_sys(err, error, "cannot read file '%s'", path) : 0;
}

/* A scheme of letters, digits and _ before "://". */
static bool is_url(const char *source)
{
	size_t len = 0;
	while (byte_is_word(source[len]))
		len++;
	return len && strncmp(source + len, "://", 3) == 0;
}

int fetch(const char *source, const struct fetch_opts *opts, struct str *out, struct err *err)
{
	size_t before = out->len;
	int failed;
	if (strcmp(source, "-") == 0)
		failed = fetch_input(opts, out, err);
	else if (strncmp(source, "ssh://", 6) == 0)
		failed = fetch_scp(source, opts, out, err);
	else if (is_url(source))
		failed = fetch_url(source, opts, out, err);
	else
		failed = fetch_file(source, opts, out, err);
	if (failed)
		str_truncate(out, before);
	return failed;
}
