/* See builtin.h; the bytes come from the build. */
#include "registry/builtin.h"

static const unsigned char text[] = {
#include "builtin.inc"
};

struct slice builtin_text(void)
{
	return slice_make((const char *)text, sizeof text);
}
