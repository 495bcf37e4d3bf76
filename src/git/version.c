/* See version.h. */
#include "git/version.h"

#include <stdio.h>

static bool read_version(int *major, int *minor)
{
	FILE *pipe = popen("exec git --version 2>/dev/null </dev/null", "r");
	if (!pipe)
		return false;
	bool read = fscanf(pipe, "git version %d.%d", major, minor) == 2;
	return pclose(pipe) == 0 && read;
}

bool version_is_before(int major, int minor)
{
	static bool asked, known;
	static int own_major, own_minor;
	if (!asked)
		known = read_version(&own_major, &own_minor);
	asked = true;
	return known && (own_major < major || (own_major == major && own_minor < minor));
}
