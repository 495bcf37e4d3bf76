/* See garbage.h. */
#include "git/garbage.h"

#include "base/path.h"
#include "base/str.h"
#include "git/layout.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* git's defaults of gc.auto and gc.autoPackLimit; it looks at one of the 256 directories of loose objects. */
enum { LOOSE_OBJECTS = 6700, PACKS = 50, DIRECTORIES = 256 };

/* How many names in a directory end so; 0 when there is no directory. */
static long count_names(const char *dir, const char *name, const char *suffix)
{
	char *path = path_join(dir, name);
	DIR *stream = opendir(path);
	free(path);
	long count = 0;
	for (struct dirent *entry; stream && (entry = readdir(stream)) != NULL;)
		count += *entry->d_name != '.' && slice_ends(slice_of(entry->d_name), suffix);
	if (stream)
		closedir(stream);
	return count;
}

/* A setting that policy.c lets through as digits only. */
static long number(const struct settings *settings, const char *key, long otherwise)
{
	const char *value = settings_last(settings, key);
	return value ? strtol(value, NULL, 10) : otherwise;
}

int garbage_check(const char *common_dir, const struct settings *settings, struct err *err)
{
	const char *automatic = settings_last(settings, "maintenance.auto");
	long loose = number(settings, "gc.auto", LOOSE_OBJECTS), packs = number(settings, "gc.autopacklimit", PACKS);
	if (layout_has(common_dir, "objects/maintenance.lock"))
		return err_set(err, "its git directory has objects/maintenance.lock");
	if (loose == 0 || (automatic && settings_is_false(automatic)))
		return 0;
	if (count_names(common_dir, "objects/17", "") >= (loose + DIRECTORIES - 1) / DIRECTORIES ||
	    (packs > 0 && count_names(common_dir, "objects/pack", ".pack") >= packs))
		return err_set(err, "a garbage collection may be due");
	return layout_has(common_dir, "gc.log") ? err_set(err, "its git directory has gc.log") : 0;
}
