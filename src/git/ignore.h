/* What git does not want to hear of: the patterns of .gitignore files, .git/info/exclude and core.excludesFile.
 *
 * The lists form a stack: the later pushed has the say over the earlier. First the user's file, then info/exclude, then
 * the .gitignore of each directory on the way down. */
#ifndef MR_GIT_IGNORE_H
#define MR_GIT_IGNORE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct ignores;

/* An empty stack; ignores_free(NULL) is nothing. */
struct ignores *ignores_new(void);
void ignores_free(struct ignores *ignores);

/* Pushes the patterns of the file name in the open directory dir (AT_FDCWD for an absolute name). prefix is the
 * directory that they speak of, relative to the top with a trailing slash, "" for the top. A missing file, or name
 * NULL, is an empty list. in_tree: a symbolic link is refused, as git does not follow one there. -1 with a message when
 * the file cannot be read or understood; nothing is pushed then. */
int ignores_push(struct ignores *ignores, int dir, const char *name, const char *prefix, bool in_tree, struct err *err);
void ignores_pop(struct ignores *ignores);

/* Is path, relative to the top and in a directory that is not ignored itself, ignored? base is where its last component
 * starts. */
bool ignores_match(const struct ignores *ignores, const char *path, size_t base, bool is_dir);

#endif
