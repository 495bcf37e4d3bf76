/* See rundir.h. */
#include "fetch/rundir.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { LONGEST_DIR = 48 }; /* the paths of sockets are short */

/* May sockets be put there? */
static bool is_suitable(const char *dir)
{
	struct stat st;
	return dir && dir[0] == '/' && strlen(dir) <= LONGEST_DIR && !dir[strspn(dir, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
									 "0123456789/_.-")] &&
	       stat(dir, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() && access(dir, W_OK | X_OK) == 0;
}

char *rundir_choose(void)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	unsigned number = (unsigned)clock_now();
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		ssize_t ignored = read(fd, &number, sizeof number);
		(void)ignored;
		close(fd);
	}
	return mem_format("%s/mr-%ld-%08x", is_suitable(runtime) ? runtime : "/tmp", (long)getpid(), number);
}

/* Does anybody listen at the socket? What cannot be told counts as yes. */
static bool is_served(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path)
		return true;
	strcpy(address.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bool refused = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) < 0 && errno == ECONNREFUSED;
	if (fd >= 0)
		close(fd);
	return !refused;
}

/* A directory of ours whose run is gone. Processes may be counted elsewhere (a container): a socket that is served shows that, too. */
static bool is_left(const char *path, const char *name)
{
	long pid;
	unsigned number;
	int end = 0;
	struct stat st;
	if (sscanf(name, "mr-%ld-%8x%n", &pid, &number, &end) != 2 || name[end] || pid <= 1 || kill((pid_t)pid, 0) == 0 || errno != ESRCH)
		return false;
	if (lstat(path, &st) || !S_ISDIR(st.st_mode) || st.st_uid != geteuid())
		return false;
	DIR *dir = opendir(path);
	bool served = !dir;
	for (struct dirent *entry; dir && !served && (entry = readdir(dir));) {
		char *socket_path = path_join(path, entry->d_name);
		served = lstat(socket_path, &st) || (S_ISSOCK(st.st_mode) && is_served(socket_path));
		free(socket_path);
	}
	if (dir)
		closedir(dir);
	return !served;
}

static void remove_left(const char *parent)
{
	DIR *dir = opendir(parent);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		if (strncmp(entry->d_name, "mr-", 3) != 0)
			continue;
		char *path = path_join(parent, entry->d_name);
		if (is_left(path, entry->d_name))
			rundir_remove(path);
		free(path);
	}
	if (dir)
		closedir(dir);
}

bool rundir_make(const char *path)
{
	char *parent = path_parent(path);
	remove_left(parent);
	free(parent);
	return mkdir(path, 0700) == 0;
}

static void empty(const char *path)
{
	DIR *dir = opendir(path);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			unlinkat(dirfd(dir), entry->d_name, 0);
	}
	if (dir)
		closedir(dir);
}

/* The directories in it hold files only. Nothing is followed that is not ours: links are no directories. */
void rundir_remove(const char *path)
{
	DIR *dir = opendir(path);
	if (!dir)
		return;
	empty(path);
	for (struct dirent *entry; (entry = readdir(dir));) {
		char *inner = path_join(path, entry->d_name);
		struct stat st;
		if (entry->d_name[0] != '.' && !lstat(inner, &st) && S_ISDIR(st.st_mode)) {
			empty(inner);
			rmdir(inner);
		}
		free(inner);
	}
	closedir(dir);
	rmdir(path);
}
