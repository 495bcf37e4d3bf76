/* Where a repository keeps what all its work trees share. */
#ifndef MR_ACTION_STORE_H
#define MR_ACTION_STORE_H

/* For git the common directory (.git, or what a .git file and its commondir lead to), else the directory itself; physical. Two
 * directories with the same store must not be changed at the same time. For free(). */
char *store_of(const char *dir);

#endif
