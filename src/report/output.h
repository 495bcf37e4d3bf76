/* The only writer of standard output, and of mr's own words on standard error. */
#ifndef MR_REPORT_OUTPUT_H
#define MR_REPORT_OUTPUT_H

#include "base/str.h"

#include <sys/types.h>

/* 1 is standard output, 2 standard error. Writes at most len bytes and returns how many, or -1 with errno set. */
ssize_t output_some(int fd, const char *bytes, size_t len);

/* Writes all of it. A failure is remembered: see output_failure(). */
void output_bytes(int fd, struct slice bytes);
void output_line(int fd, const char *format, ...) MR_PRINTF(2, 3);

/* "mr: MESSAGE" on standard error; a message may have several lines. */
void output_error(const char *message);

/* The error number of the first write to standard output that failed, 0 when none did. */
int output_failure(void);

#endif
