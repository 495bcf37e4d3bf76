/* Paths as text, and the little of the file system that path handling needs. */
#ifndef MR_BASE_PATH_H
#define MR_BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

/* dir and name joined by one slash, so that dir ends in one where name is empty; name itself when it is absolute. For free(). */
char *path_join(const char *dir, const char *name);

/* Everything before the last component, without a trailing slash but for "/"; "." when path has one component. For free(). */
char *path_parent(const char *path);

/* An absolute path without ".", "//" and trailing slashes; ".." takes the component before it away, as text. For free(). */
char *path_normalise(const char *path);

/* Is path the directory dir or something below it? Both as path_normalise() gives them; nothing on disk is looked at. */
bool path_is_within(const char *path, const char *dir);

/* The physical path of an existing file, or of a missing last component in an existing directory (also behind links); NULL with errno
 * set when there is none. For free(). */
char *path_real(const char *path);

/* The working directory; NULL with errno set when it is gone. path_logical_cwd() gives $PWD when that names the same
 * directory. For free(). */
char *path_cwd(void);
char *path_logical_cwd(void);

/* A program as the shell finds it: the first executable file of that name on $PATH, whose relative directories are meant from
 * directory from. NULL when there is none. For free(). */
char *path_find_program(const char *name, const char *from);

bool path_is_dir(const char *path);
bool path_is_file(const char *path);
bool path_exists(const char *path);

/* Makes a directory and its missing parents; 0, or -1 with errno set. */
int path_make_dirs(const char *path);

#endif
