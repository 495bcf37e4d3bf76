/* See version.h. */
#include "git/version.h"

#include "base/file.h"
#include "base/str.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Starts `git --version`, with what it says going to out. */
static pid_t start(int out)
{
	static char git[] = "git", option[] = "--version";
	char *argv[] = {git, option, NULL};
	posix_spawn_file_actions_t actions;
	pid_t pid;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	int failed = posix_spawnp(&pid, git, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return failed ? -1 : pid;
}

static bool read_version(int *major, int *minor)
{
	struct str said = STR_INIT;
	int ends[2], status = -1;
	if (pipe(ends))
		return false;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	pid_t pid = start(ends[1]);
	close(ends[1]);
	bool read = pid > 0 && !file_read_fd_limited(ends[0], 4096, &said);
	close(ends[0]);
	if (pid > 0)
		waitpid(pid, &status, 0);
	read = read && !status && sscanf(str_cstr(&said), "git version %d.%d", major, minor) == 2;
	str_release(&said);
	return read;
}

bool version_is_before(int major, int minor)
{
	static bool asked, known;
	static int own_major, own_minor;
	if (!asked)
		known = read_version(&own_major, &own_minor);
	asked = true;
	return known && (own_major < major || (own_major == major && own_minor < minor));
}
