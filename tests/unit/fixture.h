/* What the unit tests share: a scratch directory that is gone afterwards, and the answer of a program. */
#ifndef MR_TESTS_FIXTURE_H
#define MR_TESTS_FIXTURE_H

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* For cmocka: *state is the physical path of a directory of the test's own. */
static MR_UNUSED int scratch_setup(void **state)
{
	char template[] = "/tmp/mr-unit-XXXXXX";
	assert_non_null(mkdtemp(template));
	*state = path_real(template);
	return 0;
}

static MR_UNUSED int scratch_remove(const char *path, MR_UNUSED const struct stat *st, MR_UNUSED int type,
				    MR_UNUSED struct FTW *ftw)
{
	return remove(path);
}

static MR_UNUSED int scratch_teardown(void **state)
{
	nftw(*state, scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
	free(*state);
	return 0;
}

/* Writes a file with its directories; the old one is gone. */
static MR_UNUSED void scratch_write(const char *dir, const char *name, const char *text)
{
	char *path = path_join(dir, name), *parent = path_parent(path);
	assert_int_equal(path_make_dirs(parent), 0);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
	free(parent);
	free(path);
}

/* How many names are in a directory, "." and ".." not counted; -1 when it cannot be read. */
static MR_UNUSED int count_names(const char *dir)
{
	DIR *list = opendir(dir);
	int count = 0;
	if (!list)
		return -1;
	for (struct dirent *entry; (entry = readdir(list));)
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(list);
	return count;
}

/* Runs a program in dir (NULL: here) with fd as its descriptor 9 (-1: none), adds both its outputs to out, and returns its
 * exit status, or 128 and the signal. */
static MR_UNUSED int run_program(const char *dir, char *const argv[], int fd, struct str *out)
{
	int ends[2], status;
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		if (fd >= 0)
			dup2(fd, 9);
		if (!dir || chdir(dir) == 0)
			execvp(argv[0], argv);
		_exit(127);
	}
	close(ends[1]);
	assert_int_equal(file_read_fd(ends[0], out), 0);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* The same for a shell text. */
static MR_UNUSED int run_shell(const char *dir, const char *text, struct str *out)
{
	char *copy = mem_strdup(text);
	char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, copy, NULL};
	int status = run_program(dir, argv, -1, out);
	free(copy);
	return status;
}

/* Numbers that look random and are the same for the same seed. */
static MR_UNUSED uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return *seed >> 8;
}

#endif
