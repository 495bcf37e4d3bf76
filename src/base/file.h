/* Whole files: read at once, replaced at once. */
#ifndef MR_BASE_FILE_H
#define MR_BASE_FILE_H

#include "base/err.h"
#include "base/str.h"

/* Adds a file's bytes to out. -1 with a message that names the file. */
int file_read(const char *path, struct str *out, struct err *err);

/* Adds what a descriptor still has to give to out. 0, or -1 with errno set. */
int file_read_fd(int fd, struct str *out);

/* The same for at most limit bytes; more of them are the error EFBIG. */
int file_read_fd_limited(int fd, size_t limit, struct str *out);

/* Writes all of it, also after an interrupted or short write. 0, or -1 with errno set. */
int file_write_fd(int fd, const void *bytes, size_t len);

/* Replaces path by bytes so that every reader sees the old file or the new one, whole, also after a crash: written beside it,
 * synced, renamed. A symbolic link stays one and its target is replaced; mode and, where permitted, owner stay. A new file gets
 * mode 0666 under the umask. -1 with a message that names the file; the old file is then as it was. */
int file_replace(const char *path, struct slice bytes, struct err *err);

/* The same for a file that git has: as if it were made anew, so that mode and owner of an old one do not stay, and the directory's ACL
 * counts. path itself is replaced, also if it is a link. */
int file_renew(const char *path, struct slice bytes, struct err *err);

/* A lock that ends with its holder, on PATH.lock beside the file that path names at the end of its links. Waits for other
 * holders. -1 with a message. file_unlock(NULL) is nothing. The lock's file is removed on unlock. */
struct file_lock;
int file_lock(struct file_lock **out, const char *path, struct err *err);
void file_unlock(struct file_lock *lock);

#endif
