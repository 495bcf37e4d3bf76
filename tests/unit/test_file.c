/* Whole files: replaced at once or not at all, links and modes kept; locks between processes. */
#include "fixture.h"

#include "base/err.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

static void replace(const char *path, const char *text)
{
	struct err err = ERR_INIT;
	if (file_replace(path, slice_of(text), &err))
		fail_msg("%s", err_text(&err));
}

static void assert_holds(const char *path, const char *expected)
{
	struct str text = STR_INIT;
	struct err err = ERR_INIT;
	if (file_read(path, &text, &err))
		fail_msg("%s", err_text(&err));
	assert_string_equal(str_cstr(&text), expected);
	str_release(&text);
}

static void assert_mode(const char *path, mode_t expected)
{
	struct stat st;
	assert_int_equal(lstat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, expected);
}

static bool is_link(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

static void test_read(void **state)
{
	struct str text = STR_INIT;
	struct err err = ERR_INIT;
	char *missing = path_join(*state, "missing");
	assert_int_equal(file_read(missing, &text, &err), -1);
	assert_non_null(strstr(err_text(&err), missing));
	assert_int_equal(file_read(*state, &text, &err), -1);
	assert_non_null(strstr(err_text(&err), *state));
	free(missing);
	err_release(&err);
	str_release(&text);
}

static void test_bytes(void **state)
{
	char *path = path_join(*state, "f");
	struct str bytes = STR_INIT, back = STR_INIT;
	struct err err = ERR_INIT;
	for (int i = 0; i < 300000; i++)
		str_addc(&bytes, (char)i);
	assert_int_equal(file_replace(path, str_slice(&bytes), &err), 0);
	str_adds(&back, "before");
	assert_int_equal(file_read(path, &back, &err), 0);
	str_consume(&back, 6);
	assert_true(slice_equal(str_slice(&bytes), str_slice(&back)));
	replace(path, "");
	assert_holds(path, "");
	free(path);
	str_release(&bytes);
	str_release(&back);
}

static void test_modes(void **state)
{
	char *path = path_join(*state, "f"), *fresh = path_join(*state, "g");
	mode_t mask = umask(027);
	replace(path, "1");
	assert_mode(path, 0640);
	assert_int_equal(chmod(path, 0604), 0);
	replace(path, "2");
	assert_mode(path, 0604);
	umask(0);
	replace(fresh, "3");
	assert_mode(fresh, 0666);
	umask(mask);
	assert_int_equal(count_names(*state), 2);
	free(path);
	free(fresh);
}

static void test_renewed(void **state)
{
	char *path = path_join(*state, "f"), *link = path_join(*state, "l"), *nowhere = path_join(*state, "no/f");
	struct err err = ERR_INIT;
	mode_t mask = umask(027);
	replace(path, "1");
	assert_int_equal(chmod(path, 0400), 0);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(file_renew(link, slice_of("2"), &err), 0);
	assert_false(is_link(link));
	assert_holds(path, "1");
	assert_int_equal(file_renew(path, slice_of("3"), &err), 0);
	assert_holds(path, "3");
	assert_mode(path, 0640);
	assert_int_equal(file_renew(nowhere, slice_of("4"), &err), -1);
	assert_non_null(strstr(err_text(&err), nowhere));
	umask(mask);
	assert_int_equal(count_names(*state), 2);
	err_release(&err);
	free(path);
	free(link);
	free(nowhere);
}

static void test_links(void **state)
{
	const char *dir = *state;
	char *target = path_join(dir, "real/deep/f"), *first = path_join(dir, "l1"), *second = path_join(dir, "real/l2");
	char *made = path_join(dir, "real/deep/new"), *dangling = path_join(dir, "l3"), *real = path_join(dir, "real/deep");
	scratch_write(dir, "real/deep/f", "old");
	assert_int_equal(symlink("real/l2", first), 0);
	assert_int_equal(symlink("deep/f", second), 0);
	replace(first, "new");
	assert_true(is_link(first) && is_link(second) && !is_link(target));
	assert_holds(target, "new");
	assert_int_equal(symlink("real/deep/new", dangling), 0);
	replace(dangling, "made");
	assert_true(is_link(dangling) && !is_link(made));
	assert_holds(made, "made");
	assert_int_equal(count_names(dir), 3);
	assert_int_equal(count_names(real), 2);
	char *const all[] = {target, first, second, made, dangling, real};
	for (size_t i = 0; i < LENGTH(all); i++)
		free(all[i]);
}

static void test_links_to_nowhere(void **state)
{
	char *a = path_join(*state, "a"), *b = path_join(*state, "b");
	struct err err = ERR_INIT;
	assert_int_equal(symlink("b", a), 0);
	assert_int_equal(symlink("a", b), 0);
	assert_int_equal(file_replace(a, slice_of("x"), &err), -1);
	assert_true(is_link(a) && is_link(b));
	struct file_lock *lock;
	assert_int_equal(file_lock(&lock, a, &err), -1);
	char *far = path_join(*state, "far");
	assert_int_equal(symlink("no/such/file", far), 0);
	assert_int_equal(file_replace(far, slice_of("x"), &err), -1);
	assert_true(is_link(far));
	assert_int_equal(count_names(*state), 3);
	free(far);
	err_release(&err);
	free(a);
	free(b);
}

static void test_missing_directory(void **state)
{
	struct err err = ERR_INIT;
	char *path = path_join(*state, "no/f");
	char *expected = mem_format("write %s: %s", path, strerror(ENOENT));
	assert_int_equal(file_replace(path, slice_of("x"), &err), -1);
	assert_string_equal(err_text(&err), expected);
	assert_int_equal(count_names(*state), 0);
	err_release(&err);
	free(expected);
	free(path);
}

static void test_onto_directory(void **state)
{
	struct err err = ERR_INIT;
	char *path = path_join(*state, "d");
	assert_int_equal(mkdir(path, 0777), 0);
	assert_int_equal(file_replace(path, slice_of("x"), &err), -1);
	assert_non_null(strstr(err_text(&err), path));
	assert_int_equal(count_names(*state), 1);
	err_release(&err);
	free(path);
}

/* No room for the new file: the limit on file sizes stands in for a full disk. */
static void test_no_room(void **state)
{
	struct err err = ERR_INIT;
	char *path = path_join(*state, "f");
	struct str big = STR_INIT;
	for (int i = 0; i < 10000; i++)
		str_addc(&big, 'x');
	replace(path, "old");
	struct rlimit old, limit;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	limit = (struct rlimit){.rlim_cur = 5000, .rlim_max = old.rlim_max};
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	int failed = file_replace(path, str_slice(&big), &err);
	setrlimit(RLIMIT_FSIZE, &old);
	signal(SIGXFSZ, handler);
	assert_int_equal(failed, -1);
	char *expected = mem_format("write %s: %s", path, strerror(EFBIG));
	assert_string_equal(err_text(&err), expected);
	assert_holds(path, "old");
	assert_int_equal(count_names(*state), 1);
	free(expected);
	free(path);
	str_release(&big);
	err_release(&err);
}

static void test_full_device(MR_UNUSED void **state)
{
	int fd = open("/dev/full", O_WRONLY);
	if (fd < 0)
		skip();
	assert_int_equal(file_write_fd(fd, "x", 1), -1);
	assert_int_equal(errno, ENOSPC);
	close(fd);
}

/* A reader at any moment sees the one file or the other. */
static void test_readers_see_whole_files(void **state)
{
	char *path = path_join(*state, "f");
	char *texts[2] = {mem_calloc(20001, 1), mem_calloc(50001, 1)};
	memset(texts[0], 'a', 20000);
	memset(texts[1], 'b', 50000);
	replace(path, texts[0]);
	pid_t pid = fork();
	if (!pid) {
		struct err err = ERR_INIT;
		struct str seen = STR_INIT;
		do {
			str_clear(&seen);
			if (file_read(path, &seen, &err) || (!slice_is(str_slice(&seen), texts[0]) &&
							     !slice_is(str_slice(&seen), texts[1]) && seen.len != 3))
				_exit(1);
		} while (seen.len != 3);
		_exit(0);
	}
	for (int i = 0; i < 100; i++)
		replace(path, texts[i % 2]);
	replace(path, "end");
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	free(texts[0]);
	free(texts[1]);
	free(path);
}

/* What another process is told about the lock: the holder's pid, 0 for none. */
static pid_t holder_of(const char *lock_file)
{
	int ends[2];
	pid_t holder = -1;
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	if (!pid) {
		struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
		int fd = open(lock_file, O_RDWR);
		if (fd < 0 || fcntl(fd, F_GETLK, &whole))
			_exit(1);
		pid_t found = whole.l_type == F_UNLCK ? 0 : whole.l_pid;
		_exit(write(ends[1], &found, sizeof found) != (ssize_t)sizeof found);
	}
	close(ends[1]);
	assert_true(read(ends[0], &holder, sizeof holder) == (ssize_t)sizeof holder);
	close(ends[0]);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	return holder;
}

static void test_lock(void **state)
{
	struct err err = ERR_INIT;
	struct file_lock *lock = NULL;
	char *path = path_join(*state, "f"), *link = path_join(*state, "l"), *file = path_join(*state, "f.lock");
	scratch_write(*state, "f", "");
	assert_int_equal(symlink("f", link), 0);
	assert_int_equal(file_lock(&lock, link, &err), 0);
	assert_int_equal(holder_of(file), getpid());
	file_unlock(lock);
	assert_false(path_exists(file));
	assert_int_equal(count_names(*state), 2);
	file_unlock(NULL);
	free(path);
	path = path_join(*state, "no/f");
	assert_int_equal(file_lock(&lock, path, &err), -1);
	assert_non_null(strstr(err_text(&err), path));
	err_release(&err);
	free(path);
	free(link);
	free(file);
}

/* Reads a number from the file and writes the next one, under the lock. */
static int count_up(const char *path, int times)
{
	struct err err = ERR_INIT;
	for (int i = 0; i < times; i++) {
		struct file_lock *lock;
		struct str text = STR_INIT;
		if (file_lock(&lock, path, &err) || file_read(path, &text, &err))
			return 1;
		int number = atoi(str_cstr(&text)) + 1;
		str_clear(&text);
		str_addf(&text, "%d", number);
		if (file_replace(path, str_slice(&text), &err))
			return 1;
		str_release(&text);
		file_unlock(lock);
	}
	return 0;
}

static void test_lock_excludes(void **state)
{
	enum { PROCESSES = 5, TIMES = 40 };
	char *path = path_join(*state, "f");
	scratch_write(*state, "f", "0");
	for (int i = 0; i < PROCESSES; i++) {
		if (!fork())
			_exit(count_up(path, TIMES));
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status;
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_holds(path, "200");
	assert_int_equal(count_names(*state), 1);
	free(path);
}

/* The lock of a process that died is nobody's. */
static void test_lock_of_the_dead(void **state)
{
	char *path = path_join(*state, "f"), *file = path_join(*state, "f.lock");
	struct err err = ERR_INIT;
	struct file_lock *lock;
	pid_t pid = fork();
	if (!pid)
		_exit(file_lock(&lock, path, &err) ? 1 : 0);
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(path_exists(file));
	assert_int_equal(file_lock(&lock, path, &err), 0);
	file_unlock(lock);
	assert_int_equal(count_names(*state), 0);
	free(path);
	free(file);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_SCRATCH(test_read),
	    IN_SCRATCH(test_bytes),
	    IN_SCRATCH(test_modes),
	    IN_SCRATCH(test_renewed),
	    IN_SCRATCH(test_links),
	    IN_SCRATCH(test_links_to_nowhere),
	    IN_SCRATCH(test_missing_directory),
	    IN_SCRATCH(test_onto_directory),
	    IN_SCRATCH(test_no_room),
	    cmocka_unit_test(test_full_device),
	    IN_SCRATCH(test_readers_see_whole_files),
	    IN_SCRATCH(test_lock),
	    IN_SCRATCH(test_lock_excludes),
	    IN_SCRATCH(test_lock_of_the_dead),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
