/* See store.h. */
#include "action/store.h"

#include "base/err.h"
#include "base/file.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The path that a file names behind prefix, seen from dir; NULL when it names none. */
static char *read_pointer(const char *file, const char *prefix, const char *dir)
{
	struct str text = STR_INIT;
	struct err err = ERR_INIT;
	char *path = NULL;
	if (file_read(file, &text, &err) == 0 && slice_starts(str_slice(&text), prefix) && !slice_has_nul(str_slice(&text))) {
		size_t skip = strlen(prefix);
		struct slice named = slice_trim(slice_make(text.data + skip, text.len - skip));
		char *name = mem_dup(named.ptr, named.len);
		path = named.len ? path_join(dir, name) : NULL;
		free(name);
	}
	str_release(&text);
	err_release(&err);
	return path;
}

/* From a work tree's own directory (.git/worktrees/NAME) to the common one. */
static char *common_of(char *git_dir)
{
	char *file = path_join(git_dir, "commondir");
	char *common = path_is_file(file) ? read_pointer(file, "", git_dir) : NULL;
	free(file);
	if (!common)
		return git_dir;
	free(git_dir);
	return common;
}

char *store_of(const char *dir)
{
	struct stat st;
	char *store = path_join(dir, ".git");
	bool exists = stat(store, &st) == 0;
	char *pointed = exists && S_ISREG(st.st_mode) ? read_pointer(store, "gitdir:", dir) : NULL;
	if (pointed || !exists) {
		free(store);
		store = pointed ? common_of(pointed) : mem_strdup(dir);
	}
	char *real = path_real(store);
	if (!real)
		return store;
	free(store);
	return real;
}
