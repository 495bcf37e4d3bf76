/* Reading directories with as few system calls as the system allows. */
#ifndef MR_BASE_DIRECTORY_H
#define MR_BASE_DIRECTORY_H

/* What a name is, as far as the directory tells. */
enum directory_kind { KIND_UNKNOWN, KIND_FILE, KIND_LINK, KIND_DIRECTORY, KIND_OTHER };

/* Called for each name but "." and ".."; nonzero ends the reading with that value. name is valid during the call. */
typedef int directory_visit(void *cookie, const char *name, enum directory_kind kind);

/* Reads the open directory fd from where it stands; it stays open. 0; what visit ended with; -1 with errno set. */
int directory_read(int fd, directory_visit *visit, void *cookie);

#endif
