/* What a remote says that it has: its references, in its order. */
#ifndef MR_GIT_ADVERT_H
#define MR_GIT_ADVERT_H

#include "base/err.h"
#include "git/oid.h"
#include "git/refs.h"

#include <stdbool.h>
#include <stddef.h>

struct advert_ref {
	char *name; /* a full one, as git takes it; HEAD is left out */
	struct oid id;
	bool peels;	   /* it is an annotated tag, */
	struct oid peeled; /* of this */
};

struct advert {
	struct advert_ref *list;
	size_t count;
	size_t cap;
};

/* -1 with a few words when the name is odd. peeled may be NULL. */
int advert_add(struct advert *advert, const char *name, const struct oid *id, const struct oid *peeled, struct err *err);

/* Reads what the repository on this machine at url, seen from top, would say. ours: for tags that are among these nobody needs to know
 * what they peel to. -1 with a few words unless it is plain and the user's own. */
int advert_read(struct advert *advert, const char *url, const char *top, const struct refs *ours, struct err *err);
void advert_release(struct advert *advert);

#endif
