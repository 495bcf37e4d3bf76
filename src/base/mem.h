/* Memory that cannot fail: running out of it ends the program with a message and status 2.
 *
 * Every pointer returned here is the caller's and goes to free(). Sizes are in bytes; products are checked. */
#ifndef MR_BASE_MEM_H
#define MR_BASE_MEM_H

#include <stddef.h>

#if defined(__GNUC__)
#define MR_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define MR_NORETURN __attribute__((noreturn))
#define MR_UNUSED __attribute__((unused))
#else
#define MR_PRINTF(fmt, args)
#define MR_NORETURN
#define MR_UNUSED
#endif

/* Zeroed memory for count objects of size bytes; never NULL, also when count is 0. */
void *mem_calloc(size_t count, size_t size);

/* realloc() to count objects of size bytes; contents beyond the old size are undefined. */
void *mem_realloc(void *old, size_t count, size_t size);

/* Copies: of a string; of len bytes, with a NUL put behind them. */
char *mem_strdup(const char *text);
char *mem_dup(const void *bytes, size_t len);

/* A formatted string. */
char *mem_format(const char *format, ...) MR_PRINTF(1, 2);

/* Makes room for at least need objects in an array that has room for cap, growing by half: MEM_RESERVE(a->list, a->cap, n). */
#define MEM_RESERVE(array, cap, need) ((array) = mem_grow((array), &(cap), (need), sizeof *(array)))
void *mem_grow(void *array, size_t *cap, size_t need, size_t size);

#endif
