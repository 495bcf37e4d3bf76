/* SHA-1, which names git's objects and stands at the end of its files. */
#ifndef MR_GIT_SHA1_H
#define MR_GIT_SHA1_H

#include "base/str.h"
#include "git/oid.h"

#include <stdint.h>

struct sha1 {
	uint32_t state[5];
	uint64_t bytes;
	unsigned char block[64];
};

void sha1_begin(struct sha1 *sha1);
void sha1_add(struct sha1 *sha1, const void *bytes, size_t len);
void sha1_end(struct sha1 *sha1, struct oid *digest);

/* The name of an object of that type ("blob", "commit") with that content. */
void sha1_object(const char *type, struct slice content, struct oid *id);

#endif
