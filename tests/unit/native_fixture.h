/* A temporary home, a remote and a clone of it, made by git; what git says beside what native_git() says. */
#ifndef MR_TEST_NATIVE_FIXTURE_H
#define MR_TEST_NATIVE_FIXTURE_H

#include "base/str.h"
#include "git/native.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The definitions that native_git() stands for. */
#define STATUS_DEFINITION                                                                                              \
	"git status -s || true; git --no-pager log --branches --not --remotes --simplify-by-decoration --decorate "    \
	"--oneline || "                                                                                                \
	"true; git --no-pager stash list"
#define UPDATE_DEFINITION "git pull"
#define FETCH_DEFINITION "git fetch --all --prune --tags"

struct fixture {
	char *root; /* everything lies here */
	char *repo; /* the clone */
};

/* Runs a shell command in a directory and returns what it wrote; asserts that it ended with 0. For free(). */
static inline char *shell(const char *dir, const char *command)
{
	char *text = mem_format("cd '%s' && { %s\n} 2>&1", dir, command);
	FILE *pipe = popen(text, "r");
	assert_non_null(pipe);
	struct str out = STR_INIT;
	size_t got;
	do {
		char *room = str_room(&out, 4096);
		got = fread(room, 1, 4096, pipe);
		str_commit(&out, got);
	} while (got);
	int status = pclose(pipe);
	if (status)
		print_error("%s\n%s\n", text, str_cstr(&out));
	assert_int_equal(status, 0);
	free(text);
	return str_detach(&out);
}

static inline void run(const char *dir, const char *command)
{
	free(shell(dir, command));
}

/* An environment in which git's behaviour depends on nothing but the test. */
static inline void clean_environment(const char *home)
{
	static const char *const names[] = {"GIT_DIR",	"GIT_SSL_CAINFO", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
					    "LANGUAGE", "LANG",		  "LC_MESSAGES",       "XDG_CONFIG_HOME"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
	setenv("HOME", home, 1);
	setenv("LC_ALL", "C", 1);
	setenv("TERM", "xterm", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
}

static inline int fixture_setup(void **state)
{
	struct fixture *f = mem_calloc(1, sizeof *f);
	char root[] = "/tmp/mr-native-XXXXXX";
	assert_non_null(mkdtemp(root));
	f->root = realpath(root, NULL);
	f->repo = mem_format("%s/clone", f->root);
	clean_environment(f->root);
	/* The files are made old: an index that is as young as a file proves nothing and is git's business. */
	run(f->root,
	    "git config --global user.name n && git config --global user.email e && "
	    "git config --global init.defaultBranch main && git init -q --bare origin.git && "
	    "git clone -q origin.git clone && cd clone && mkdir -p dir/deep && echo 1 >a && echo 2 >dir/b && "
	    "echo 3 >dir/deep/c && ln -s a link && echo '*.o' >.gitignore && "
	    "find . -name .git -prune -o -exec touch -h -d '2 hours ago' {} + && git add . && git commit -q -m one && "
	    "git push -q -u origin main && git remote set-head origin -a && git status -s");
	*state = f;
	return 0;
}

static inline int fixture_teardown(void **state)
{
	struct fixture *f = *state;
	char *command = mem_format("rm -rf '%s'", f->root);
	int failed = system(command);
	free(command);
	free(f->repo);
	free(f->root);
	free(f);
	return failed;
}

/* native_git() in a directory below the clone ("" for its top). The caller releases the result. */
static inline bool native(const struct fixture *f, enum native_operation operation, const char *below, bool terminal,
			  struct native_result *result)
{
	char *cwd = mem_format("%s%s%s", f->repo, *below ? "/" : "", below);
	struct native_request request = {
	    .operation = operation,
	    .repo = f->repo,
	    .cwd = cwd,
	    .out_is_terminal = terminal,
	    .err_is_terminal = terminal,
	    .threads = 2,
	};
	*result = (struct native_result){0};
	native_forget();
	bool done = native_git(&request, result) == NATIVE_DONE;
	free(cwd);
	return done;
}

/* Asserts that it is done natively and says what git says. */
static inline void assert_agrees(const struct fixture *f, enum native_operation operation, const char *below)
{
	struct native_result result;
	if (!native(f, operation, below, false, &result))
		fail_msg("declined: %s", str_cstr(&result.why));
	char *cwd = mem_format("%s/%s", f->repo, below);
	char *git = shell(cwd, operation == NATIVE_STATUS	  ? STATUS_DEFINITION
			      : operation != NATIVE_FETCH ? UPDATE_DEFINITION
							   : FETCH_DEFINITION);
	assert_string_equal(str_cstr(&result.out), git);
	assert_int_equal(result.err.len, 0);
	assert_int_equal(result.exit_status, 0);
	free(git);
	free(cwd);
	native_result_release(&result);
}

/* What is not understood: a command that brings it about, and the reason, or a part of it. */
struct decline {
	const char *command;
	const char *why;
};

/* Asserts for each case, in a fresh copy, that it is declined for that reason and that no file changed. */
static inline void assert_declines(const struct fixture *f, enum native_operation operation,
				   const struct decline *cases, size_t count)
{
	static const char picture[] = "find .. -printf '%p %s %T@\\n' | sort";
	run(f->root, "mkdir saved; cp -a clone origin.git saved");
	for (size_t i = 0; i < count; i++) {
		run(f->repo, cases[i].command);
		char *before = shell(f->repo, picture);
		struct native_result result;
		bool done = native(f, operation, "", false, &result);
		if (done || !strstr(str_cstr(&result.why), cases[i].why))
			fail_msg("%s: \"%s\", wanted \"%s\"", cases[i].command, str_cstr(&result.why), cases[i].why);
		assert_int_equal(result.out.len + result.err.len, 0);
		char *after = shell(f->repo, picture);
		assert_string_equal(before, after);
		native_result_release(&result);
		free(before);
		free(after);
		/* git makes the index of the copy true again. */
		run(f->root, "rm -rf clone origin.git moved; cp -a saved/* .; cd clone; git status -s");
	}
}

#endif
