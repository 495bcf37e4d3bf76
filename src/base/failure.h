/* Why something with a remote repository failed, in classes. */
#ifndef MR_BASE_FAILURE_H
#define MR_BASE_FAILURE_H

#include "base/str.h"

enum failure {
	FAILURE_NONE,
	FAILURE_AUTHENTICATION,
	FAILURE_HOST_KEY,
	FAILURE_CERTIFICATE,
	FAILURE_UNREACHABLE,
	FAILURE_NOT_FOUND,
	FAILURE_TIMEOUT,
	FAILURE_BUSY,
	FAILURE_DIVERGED,
	FAILURE_LOCAL_CHANGES,
	FAILURE_OTHER,
};

/* "authentication failed", "the host is unreachable", ...; "" for FAILURE_NONE. */
const char *failure_text(enum failure failure);

/* May the same succeed in a moment? */
bool failure_is_transient(enum failure failure);

/* What ssh's and git's own words say. FAILURE_NONE when nothing in them tells; other languages than English are not
 * understood. */
enum failure failure_of_words(struct slice words);

#endif
