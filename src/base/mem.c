/* Allocation for a program that has nothing better to do without memory than to say so and end. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

MR_NORETURN static void out_of_memory(void)
{
	static const char message[] = "mr: out of memory\n";
	ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
	(void)ignored;
	_exit(2);
}

void *mem_calloc(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);
	if (!memory)
		out_of_memory();
	return memory;
}

void *mem_realloc(void *old, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		out_of_memory();
	size_t bytes = count * size;
	void *memory = realloc(old, bytes ? bytes : 1);
	if (!memory)
		out_of_memory();
	return memory;
}

char *mem_strdup(const char *text)
{
	return mem_dup(text, strlen(text));
}

char *mem_dup(const void *bytes, size_t len)
{
	if (len == SIZE_MAX)
		out_of_memory();
	char *copy = mem_realloc(NULL, len + 1, 1);
	if (len)
		memcpy(copy, bytes, len);
	copy[len] = '\0';
	return copy;
}

char *mem_format(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		out_of_memory();
	char *text = mem_realloc(NULL, (size_t)len + 1, 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}

void *mem_grow(void *array, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return array;
	/* Strings begin with a line's worth: most never grow again. */
	size_t step = *cap / 2 + (size < 8 ? 64 : 8);
	size_t grown = *cap > SIZE_MAX - step ? SIZE_MAX : *cap + step;
	*cap = grown > need ? grown : need;
	return mem_realloc(array, *cap, size);
}
