/* See platform.h. The only file that asks for more than POSIX. */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#elif defined(__APPLE__)
#define _DARWIN_C_SOURCE
#elif defined(__FreeBSD__) || defined(__OpenBSD__) || defined(__NetBSD__)
#define __BSD_VISIBLE 1
#endif

#include "run/platform.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#ifdef __linux__
#include <sched.h>
#include <sys/prctl.h>
#endif

int platform_pipe(int ends[2])
{
#ifdef __APPLE__
	if (pipe(ends))
		return -1;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	return 0;
#else
	return pipe2(ends, O_CLOEXEC);
#endif
}

int platform_spawn_chdir(posix_spawn_file_actions_t *actions, const char *dir)
{
	return posix_spawn_file_actions_addchdir_np(actions, dir);
}

bool platform_adopt_orphans(void)
{
#ifdef __linux__
	return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0;
#else
	return false;
#endif
}

bool platform_signal_children(int sig, bool (*spare)(pid_t pid, void *context), void *context)
{
#ifdef __linux__
	char path[64];
	snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
	FILE *list = fopen(path, "re");
	if (!list)
		return false;
	long pid;
	while (fscanf(list, "%ld", &pid) == 1) {
		if (!spare || !spare((pid_t)pid, context))
			kill((pid_t)pid, sig);
	}
	fclose(list);
	return true;
#else
	(void)sig, (void)spare, (void)context;
	return false;
#endif
}

unsigned platform_cpu_count(void)
{
#ifdef __linux__
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
		return (unsigned)CPU_COUNT(&set);
#endif
	long count = sysconf(_SC_NPROCESSORS_ONLN);
	return count > 0 ? (unsigned)count : 1;
}

char *platform_program(void)
{
#ifdef __linux__
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path);
	return len > 0 && (size_t)len < sizeof path ? mem_dup(path, (size_t)len) : NULL;
#else
	return NULL;
#endif
}

void platform_leave_terminal(void)
{
#ifdef TIOCNOTTY
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return;
	ioctl(fd, TIOCNOTTY);
	close(fd);
#endif
}

void platform_close_from(int first)
{
#if defined(__linux__) && defined(CLOSE_RANGE_UNSHARE)
	if (close_range((unsigned)first, ~0U, 0) == 0)
		return;
#endif
	long limit = sysconf(_SC_OPEN_MAX);
	for (int fd = first; fd < (limit > 0 ? limit : 1024); fd++)
		close(fd);
}

void platform_keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}
