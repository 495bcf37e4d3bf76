/* pty [-e TEXT -s KEYS]... COMMAND [ARG]...: runs the command on a terminal of its own and copies what it writes there to standard
 * output. Each -e waits until TEXT was written, then the KEYS of -s are typed (\\n is Enter, ^C and ^Z as they look).
 *
 * The terminal has 80 columns and 24 lines; it neither echoes nor turns newlines into CR LF, so that texts compare with those
 * from a pipe. Exits as the command does, with 128 + N when signal N ended it, 125 on trouble of its own. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(125);
}

static int open_master(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master < 0 || grantpt(master) || unlockpt(master))
		die("posix_openpt");
	return master;
}

/* In the child: the terminal becomes its controlling terminal and its three standard streams. */
static void take_terminal(int master)
{
	const char *name = ptsname(master);
	if (!name || setsid() < 0)
		die("ptsname");
	int fd = open(name, O_RDWR);
	if (fd < 0)
		die(name);
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	struct termios modes;
	if (ioctl(fd, TIOCSWINSZ, &size) || tcgetattr(fd, &modes))
		die(name);
	modes.c_oflag &= ~(tcflag_t)OPOST;
	modes.c_lflag &= ~(tcflag_t)ECHO;
	if (tcsetattr(fd, TCSANOW, &modes))
		die("tcsetattr");
	for (int i = 0; i < 3; i++) {
		if (dup2(fd, i) < 0)
			die("dup2");
	}
	if (fd > 2)
		close(fd);
	close(master);
}

static void write_all(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t written = write(1, bytes, len);
		if (written < 0 && errno != EINTR)
			die("write");
		if (written > 0) {
			bytes += written;
			len -= (size_t)written;
		}
	}
}

/* What to type when; the texts belong to argv. */
struct dialogue {
	char *const *words; /* TEXT, KEYS, TEXT, KEYS ... */
	int left;
	char seen[65536]; /* what was written since the last answer */
	size_t seen_len;
};

static void type_keys(int master, const char *keys)
{
	while (*keys) {
		char key = *keys++;
		if (key == '^' && *keys >= '@' && *keys <= '_')
			key = (char)(*keys++ & 0x1f);
		else if (key == '\\' && *keys == 'n')
			key = '\n', keys++;
		if (write(master, &key, 1) != 1)
			die("write");
	}
}

static void answer(struct dialogue *dialogue, int master, const char *bytes, size_t len)
{
	if (dialogue->left < 2)
		return;
	if (len > sizeof dialogue->seen - dialogue->seen_len - 1)
		dialogue->seen_len = 0;
	if (len > sizeof dialogue->seen - 1)
		return;
	memcpy(dialogue->seen + dialogue->seen_len, bytes, len);
	dialogue->seen_len += len;
	dialogue->seen[dialogue->seen_len] = '\0';
	const char *found;
	while (dialogue->left >= 2 && (found = strstr(dialogue->seen, dialogue->words[0]))) {
		found += strlen(dialogue->words[0]);
		type_keys(master, dialogue->words[1]);
		dialogue->words += 2;
		dialogue->left -= 2;
		dialogue->seen_len -= (size_t)(found - dialogue->seen);
		memmove(dialogue->seen, found, dialogue->seen_len + 1);
	}
}

/* Until the last holder of the terminal has closed it: an error (EIO) on Linux, an end of file elsewhere. */
static void copy_output(int master, struct dialogue *dialogue)
{
	char buffer[16384];
	for (;;) {
		ssize_t got = read(master, buffer, sizeof(buffer));
		if (got > 0) {
			write_all(buffer, (size_t)got);
			answer(dialogue, master, buffer, (size_t)got);
		} else if (got == 0 || errno != EINTR)
			return;
	}
}

int main(int argc, char **argv)
{
	static char *words[64];
	struct dialogue dialogue = {.words = words};
	int next = 1;
	for (; next + 1 < argc && dialogue.left < 64 && argv[next][0] == '-'; next += 2)
		words[dialogue.left++] = argv[next + 1];
	if (next >= argc) {
		fputs("usage: pty [-e TEXT -s KEYS]... COMMAND [ARG]...\n", stderr);
		return 125;
	}
	int master = open_master();
	pid_t child = fork();
	if (child < 0)
		die("fork");
	if (child == 0) {
		take_terminal(master);
		execvp(argv[next], argv + next);
		die(argv[next]);
	}
	copy_output(master, &dialogue);
	int status;
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			die("waitpid");
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
