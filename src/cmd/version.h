/* The version of this program. */
#ifndef MR_CMD_VERSION_H
#define MR_CMD_VERSION_H

extern const char version_text[];

#endif
