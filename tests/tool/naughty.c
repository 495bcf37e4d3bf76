/* A child as bad as they come, for the tests of the task group: does what its words say, one after the other.
 *
 *   pid FILE      appends its process id to FILE
 *   deaf          ignores INT, TERM and HUP from now on
 *   holder FILE   leaves a child behind that holds every descriptor and waits for ever; its pid goes to FILE
 *   escaped FILE  the same, in a session of its own
 *   close         closes standard output and error
 *   out TEXT      writes TEXT and a newline to standard output; err TEXT to standard error
 *   part TEXT     writes TEXT without a newline
 *   bytes N       writes N bytes in lines to standard output
 *   flood         writes for ever
 *   await FIFO    waits until somebody has opened FIFO for writing and closed it
 *   tell FIFO     opens FIFO for writing and closes it
 *   ask           opens the controlling terminal, asks there, and writes the answer to standard output
 *   ask-flushed   the same, with what was typed before thrown away first
 *   tty           says for each standard descriptor whether it is a terminal, and its width
 *   stop          waits for ever
 *   die SIGNAL    kills itself by that number
 *   exit N        ends with that status
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static void put(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t done = write(fd, text, len);
		if (done <= 0)
			exit(99);
		text += done;
		len -= (size_t)done;
	}
}

static void write_pid(const char *file)
{
	char line[32];
	int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	snprintf(line, sizeof line, "%ld\n", (long)getpid());
	if (fd < 0)
		exit(98);
	put(fd, line, strlen(line));
	close(fd);
}

static void wait_for_ever(void)
{
	for (;;)
		pause();
}

static void leave_child(const char *file, int escape)
{
	pid_t pid = fork();
	if (pid < 0)
		exit(97);
	if (pid)
		return;
	if (escape)
		setsid();
	write_pid(file);
	wait_for_ever();
}

static void go_deaf(void)
{
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
}

static void write_bytes(long count)
{
	static const char line[] = "the quick brown fox jumps over the lazy dog, again and again 63\n";
	while (count > 0) {
		size_t len = sizeof line - 1 < (size_t)count ? sizeof line - 1 : (size_t)count;
		put(STDOUT_FILENO, line, len);
		count -= (long)len;
	}
}

static void ask(int flush)
{
	static const char question[] = "secret? ";
	char answer[128] = "";
	int tty = open("/dev/tty", O_RDWR);
	if (tty < 0) {
		put(STDOUT_FILENO, "no terminal\n", 12);
		return;
	}
	/* As those do that ask for passwords; it stops a background process before the question, where reading stops it after that. */
	if (flush)
		tcflush(tty, TCIFLUSH);
	put(tty, question, sizeof question - 1);
	ssize_t len = read(tty, answer, sizeof answer - 1);
	put(STDOUT_FILENO, "answer ", 7);
	put(STDOUT_FILENO, answer, len > 0 ? (size_t)len : 0);
	close(tty);
}

static void tell_terminals(void)
{
	struct winsize size = {0};
	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	printf("in %d out %d err %d width %d\n", isatty(0), isatty(1), isatty(2), size.ws_col);
	fflush(stdout);
}

static void touch_fifo(const char *name, int flags)
{
	char byte;
	int fd = open(name, flags);
	if (fd < 0)
		exit(96);
	while (flags == O_RDONLY && read(fd, &byte, 1) > 0)
		;
	close(fd);
}

/* Words with an argument; returns 0 when the word is none of them. */
static int act_with(const char *word, const char *argument)
{
	if (strcmp(word, "pid") == 0)
		write_pid(argument);
	else if (strcmp(word, "holder") == 0)
		leave_child(argument, 0);
	else if (strcmp(word, "escaped") == 0)
		leave_child(argument, 1);
	else if (strcmp(word, "out") == 0 || strcmp(word, "part") == 0 || strcmp(word, "err") == 0) {
		int fd = word[0] == 'e' ? STDERR_FILENO : STDOUT_FILENO;
		put(fd, argument, strlen(argument));
		put(fd, "\n", word[0] != 'p');
	} else if (strcmp(word, "bytes") == 0)
		write_bytes(atol(argument));
	else if (strcmp(word, "await") == 0)
		touch_fifo(argument, O_RDONLY);
	else if (strcmp(word, "tell") == 0)
		touch_fifo(argument, O_WRONLY);
	else if (strcmp(word, "die") == 0) {
		signal(atoi(argument), SIG_DFL);
		raise(atoi(argument));
	} else if (strcmp(word, "exit") == 0)
		exit(atoi(argument));
	else
		return 0;
	return 1;
}

static void act(const char *word)
{
	if (strcmp(word, "deaf") == 0)
		go_deaf();
	else if (strcmp(word, "close") == 0) {
		close(STDOUT_FILENO);
		close(STDERR_FILENO);
	} else if (strcmp(word, "flood") == 0) {
		for (;;)
			write_bytes(1 << 20);
	} else if (strcmp(word, "ask") == 0)
		ask(0);
	else if (strcmp(word, "ask-flushed") == 0)
		ask(1);
	else if (strcmp(word, "tty") == 0)
		tell_terminals();
	else if (strcmp(word, "stop") == 0)
		wait_for_ever();
	else
		exit(95);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (i + 1 < argc && act_with(argv[i], argv[i + 1]))
			i++;
		else
			act(argv[i]);
	}
	return 0;
}
