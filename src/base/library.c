/* See library.h. */
#include "base/library.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#define FILE_NAME "lib%s.%s.dylib"
#else
#define FILE_NAME "lib%s.so.%s"
#endif

static int fail(struct err *err, const char *file)
{
	const char *why = dlerror();
	return err_set(err, "%s: %s", file, why ? why : "cannot be loaded");
}

int library_load(const char *name, const char *version, const struct library_function *functions, size_t count, struct err *err)
{
	char *file = mem_format(FILE_NAME, name, version);
	void *library = dlopen(file, RTLD_NOW | RTLD_GLOBAL);
	int failed = library ? 0 : fail(err, file);
	for (size_t i = 0; i < count && !failed; i++) {
		void *address = dlsym(library, functions[i].name);
		/* POSIX lets a function's address be kept in a void *, but C has no conversion for it. */
		if (address)
			memcpy(functions[i].slot, &address, sizeof address);
		else
			failed = fail(err, file);
	}
	free(file);
	return failed;
}
