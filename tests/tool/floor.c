/* The least that a status must do: reads the directories of the work trees named on standard input, but for .git, and lstat()s what is
 * in them, on as many threads as the argument says. */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static size_t seen;

static size_t look(int parent, const char *name)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	size_t count = 0;
	if (!dir) {
		perror(name);
		exit(1);
	}
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		struct stat st;
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || !strcmp(entry->d_name, ".git"))
			continue;
		if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
			continue;
		count += S_ISDIR(st.st_mode) ? look(fd, entry->d_name) : 1;
	}
	closedir(dir);
	return count;
}

static void *work(void *context)
{
	char line[4096];
	(void)context;
	for (;;) {
		pthread_mutex_lock(&lock);
		char *got = fgets(line, sizeof line, stdin);
		pthread_mutex_unlock(&lock);
		if (!got)
			return NULL;
		line[strcspn(line, "\n")] = '\0';
		size_t count = look(AT_FDCWD, line);
		pthread_mutex_lock(&lock);
		seen += count;
		pthread_mutex_unlock(&lock);
	}
}

int main(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : 1;
	pthread_t threads[64];
	if (count < 1 || count > 64)
		return 2;
	for (int i = 0; i < count; i++)
		if (pthread_create(&threads[i], NULL, work, NULL))
			return 1;
	for (int i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	printf("%zu files\n", seen);
	return 0;
}
