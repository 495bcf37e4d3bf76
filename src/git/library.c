/* See library.h. */
#include "git/library.h"

#include "base/library.h"

#include <stdbool.h>

struct git2 git2;

int git2_load(struct err *err)
{
	static const struct library_function functions[] = {
#define GIT2_ENTRY(name) {"git_" #name, &git2.name},
	    GIT2_FUNCTIONS(GIT2_ENTRY)
#undef GIT2_ENTRY
	};
	static bool ready;
	if (ready)
		return 0;
	if (library_load("git2", LIBGIT2_SOVERSION, functions, sizeof functions / sizeof *functions, err))
		return -1;
	if (git2.libgit2_init() < 0)
		return err_set(err, "libgit2 cannot be initialised");
	ready = true;
	return 0;
}
