/* See terminal.h. */
#include "run/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

struct terminal {
	int fd;
	pid_t own_group;
	struct termios modes; /* as they were when the foreground was given away */
	bool has_modes;
};

struct terminal *terminal_open(void)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return NULL;
	struct terminal *terminal = mem_calloc(1, sizeof *terminal);
	*terminal = (struct terminal){.fd = fd, .own_group = getpgrp()};
	return terminal;
}

void terminal_close(struct terminal *terminal)
{
	if (!terminal)
		return;
	close(terminal->fd);
	free(terminal);
}

bool terminal_is_with(const struct terminal *terminal, pid_t group)
{
	return terminal && tcgetpgrp(terminal->fd) == group;
}

bool terminal_is_ours(const struct terminal *terminal)
{
	return terminal && terminal_is_with(terminal, terminal->own_group);
}

void terminal_give(struct terminal *terminal, pid_t group)
{
	if (!terminal_is_ours(terminal))
		return;
	terminal->has_modes = tcgetattr(terminal->fd, &terminal->modes) == 0;
	tcsetpgrp(terminal->fd, group);
}

void terminal_take(struct terminal *terminal, pid_t group)
{
	if (!terminal_is_with(terminal, group))
		return;
	tcsetpgrp(terminal->fd, terminal->own_group);
	if (terminal->has_modes)
		tcsetattr(terminal->fd, TCSADRAIN, &terminal->modes);
}

/* The descriptors are opened close-on-exec; what the line discipline would do to the bytes is left to the real terminal. */
static int open_slave(int master)
{
	if (grantpt(master) || unlockpt(master))
		return -1;
	const char *name = ptsname(master);
	int slave = name ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
	struct termios modes;
	if (slave >= 0 && tcgetattr(slave, &modes) == 0) {
		modes.c_oflag &= ~(tcflag_t)OPOST;
		modes.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(slave, TCSANOW, &modes);
	}
	return slave;
}

int terminal_pseudo(int like, int *master, int *slave)
{
	*master = posix_openpt(O_RDWR | O_NOCTTY);
	if (*master < 0)
		return -1;
	fcntl(*master, F_SETFD, FD_CLOEXEC);
	*slave = open_slave(*master);
	if (*slave < 0) {
		int saved = errno;
		close(*master);
		errno = saved;
		return -1;
	}
#ifdef TIOCGWINSZ
	struct winsize size;
	if (ioctl(like, TIOCGWINSZ, &size) == 0)
		ioctl(*slave, TIOCSWINSZ, &size);
#endif
	return 0;
}
