/* See output.h. Nothing is buffered: what is written before a child starts must stand before what the child writes. */
#include "report/output.h"

#include "base/file.h"

#include <errno.h>
#include <unistd.h>

static int failure;

ssize_t output_some(int fd, const char *bytes, size_t len)
{
	ssize_t put = write(fd, bytes, len);
	/* Nobody can be told that standard error is gone, and the work goes on without. */
	if (put < 0 && fd == STDERR_FILENO && errno != EAGAIN && errno != EINTR)
		return (ssize_t)len;
	if (put < 0 && errno != EAGAIN && errno != EINTR && !failure)
		failure = errno;
	return put;
}

void output_bytes(int fd, struct slice bytes)
{
	if (file_write_fd(fd, bytes.ptr, bytes.len) && fd == STDOUT_FILENO && !failure)
		failure = errno;
}

void output_line(int fd, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	str_addc(&text, '\n');
	output_bytes(fd, str_slice(&text));
	str_release(&text);
}

void output_error(const char *message)
{
	output_line(STDERR_FILENO, "mr: %s", message);
}

int output_failure(void)
{
	return failure;
}
