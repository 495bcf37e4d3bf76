/* See version.h; the Makefile has the number. */
#include "cmd/version.h"

const char version_text[] =
#include "version.inc"
    ;
