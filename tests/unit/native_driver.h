/* Runs native_git() for shell scripts: test_native OPERATION REPO CWD [tty], or test_native time OPERATION REPO...
 *
 * Done: prints what it would print and exits with its status. Declined: prints the reason and exits with 125. */
#ifndef MR_TEST_NATIVE_DRIVER_H
#define MR_TEST_NATIVE_DRIVER_H

#include "base/clock.h"
#include "git/native.h"

#include <stdio.h>
#include <string.h>

#define DECLINED 125

static inline enum native_operation operation_of(const char *name)
{
	return !strcmp(name, "update") ? NATIVE_UPDATE : !strcmp(name, "fetch") ? NATIVE_FETCH : NATIVE_STATUS;
}

static inline int time_all(const char *name, char **repos)
{
	msec start = clock_now();
	int count = 0, declined = 0;
	for (; repos[count]; count++) {
		struct native_request request = {.operation = operation_of(name), .repo = repos[count], .cwd = repos[count]};
		struct native_result result = {0};
		declined += native_git(&request, &result) != NATIVE_DONE;
		native_result_release(&result);
	}
	printf("%d repositories, %d declined, %lld ms\n", count, declined, (long long)(clock_now() - start));
	return 0;
}

static inline int native_driver(int argc, char **argv)
{
	if (argc > 3 && !strcmp(argv[1], "time"))
		return time_all(argv[2], argv + 3);
	if (argc < 4) {
		fputs("test_native [OPERATION REPO CWD [tty] | time OPERATION REPO...]\n", stderr);
		return 2;
	}
	bool terminal = argc > 4;
	struct native_request request = {
	    .operation = operation_of(argv[1]),
	    .repo = argv[2],
	    .cwd = argv[3],
	    .out_is_terminal = terminal,
	    .err_is_terminal = terminal,
	    .threads = 2,
	};
	struct native_result result = {0};
	int status = DECLINED;
	if (native_git(&request, &result) == NATIVE_DONE) {
		status = result.exit_status;
		fwrite(str_cstr(&result.err), 1, result.err.len, stderr);
		fwrite(str_cstr(&result.out), 1, result.out.len, stdout);
	} else {
		puts(str_cstr(&result.why));
	}
	native_result_release(&result);
	return status;
}

#endif
