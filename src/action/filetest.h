/* VCS tests without perl: values of the form `perl: EXPR`, as the built-in library and myrepos' extension files use them.
 *
 * Understood: -e -f -d of strings with $ENV{NAME}, a command between backquotes compared by `=~ /word/`, `eq "x"` and `ne "x"`,
 * numbers, !, &&, ||, not, and, or, and parentheses. File tests are answered at once; where the answer hangs on a command, the
 * whole expression is translated into a shell condition. Everything else is for perl itself. */
#ifndef MR_ACTION_FILETEST_H
#define MR_ACTION_FILETEST_H

#include "base/args.h"
#include "base/str.h"

enum filetest {
	FILETEST_FALSE,
	FILETEST_TRUE,
	FILETEST_SHELL,   /* undecided: *shell has a condition that tells, as "[ -d ... ] && ..." */
	FILETEST_FOREIGN, /* not understood */
};

/* What is known of a name. */
enum { FILETEST_IS_DIRECTORY = 'd', FILETEST_IS_FILE = 'f', FILETEST_IS_THERE = '?' };

/* Is the value a perl expression? Then *expression is what follows "perl:". */
bool filetest_is_perl(struct slice value, struct slice *expression);

/* Evaluates it for a repository: $ENV{MR_REPO} is repo, other names are taken from the environment. present: the names in
 * the directory repo, each behind a letter for its kind (FILETEST_IS_...), so that the system is not asked for each; NULL: they are not
 * known. *shell is only added to. */
enum filetest filetest_evaluate(struct slice expression, const char *repo, const struct args *present, struct str *shell);

/* Is it false for every repository that has none of the names, which are added? */
bool filetest_needs(struct slice expression, const char *repo, struct args *names);

#endif
