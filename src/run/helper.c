/* See helper.h. */
#include "run/helper.h"

#include "base/mem.h"
#include "run/platform.h"
#include "run/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOCKET_FD = 3 };

/* In the child: nothing of the parent stays open but standard error and the socket, and only TERM's big brother ends it
 * early. */
MR_NORETURN static void become_helper(int fd, helper_body *body, void *context)
{
	setpgid(0, 0);
	signals_close();
	platform_leave_terminal();
	static const int ignored[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU};
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
	int null = open("/dev/null", O_RDWR);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
	}
	if (fd != SOCKET_FD)
		dup2(fd, SOCKET_FD);
	fcntl(SOCKET_FD, F_SETFD, FD_CLOEXEC);
	platform_close_from(SOCKET_FD + 1);
	body(context, SOCKET_FD);
	_exit(0);
}

int helper_start(helper_body *body, void *context, pid_t *pid, int *fd)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return errno;
	pid_t child = fork();
	if (child < 0) {
		int failed = errno;
		close(ends[0]);
		close(ends[1]);
		return failed;
	}
	if (!child)
		become_helper(ends[1], body, context);
	setpgid(child, child);
	close(ends[1]);
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	*pid = child;
	*fd = ends[0];
	return 0;
}
