/* See script.h. */
#include "action/script.h"

#include "base/file.h"
#include "base/quote.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Linux takes no argument over 128 KiB. */
enum { LONGEST_ARGUMENT = 100 * 1024 };

enum script_constant script_constant(struct slice command)
{
	struct slice word = slice_trim(command);
	return slice_is(word, "true") ? SCRIPT_TRUE : slice_is(word, "false") ? SCRIPT_FALSE : SCRIPT_RUNS;
}

void script_build(struct str *out, const struct setting *lib, struct slice command, const struct args *params)
{
	str_adds(out, "set -e;");
	if (lib) {
		str_add_slice(out, lib->value);
		str_addc(out, '\n');
	}
	str_adds(out, "my_sh(){ ");
	str_add_slice(out, command);
	str_adds(out, "\n }; my_sh ");
	for (size_t i = 0; params && i < params->len; i++) {
		if (i)
			str_addc(out, ' ');
		quote_shell(out, slice_of(params->list[i]));
	}
}

/* A file without a name that ends with its last descriptor. */
static int open_unnamed(void)
{
	const char *dir = getenv("TMPDIR");
	char *name = mem_format("%s/mr.XXXXXX", dir && dir[0] == '/' ? dir : "/tmp");
	int fd = mkstemp(name);
	if (fd >= 0) {
		unlink(name);
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	}
	free(name);
	return fd;
}

int script_finish(struct script *script, struct err *err)
{
	static char shell[] = "sh", option[] = "-c", source[] = ". /dev/fd/9";
	if (slice_has_nul(str_slice(&script->text)))
		return err_set(err, "the command holds a NUL byte, which no shell can run");
	script->argv[0] = shell;
	script->argv[1] = option;
	script->argv[2] = script->text.data;
	script->argv[3] = NULL;
	if (script->text.len <= LONGEST_ARGUMENT)
		return 0;
	static const char close_source[] = "exec 9<&-;";
	script->fd = open_unnamed();
	if (script->fd < 0 || file_write_fd(script->fd, close_source, sizeof close_source - 1) ||
	    file_write_fd(script->fd, script->text.data, script->text.len) || lseek(script->fd, 0, SEEK_SET))
		return err_sys(err, errno, "a temporary file for a command of %zu bytes", script->text.len);
	script->argv[2] = source;
	return 0;
}

void script_release(struct script *script)
{
	str_release(&script->text);
	if (script->fd >= 0)
		close(script->fd);
	script->fd = -1;
}
