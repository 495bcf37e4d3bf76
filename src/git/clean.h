/* Is there nothing that a commit would take, as `git pull --rebase` wants it? */
#ifndef MR_GIT_CLEAN_H
#define MR_GIT_CLEAN_H

#include "base/err.h"
#include "git/index_file.h"
#include "git/layout.h"
#include "git/objects.h"
#include "git/settings.h"

/* 0 when index and tracked files are HEAD's, and git would not refresh the index. -1 with a few words. */
int clean_check(const struct layout *layout, const struct settings *settings, const struct index_file *index, struct objects *objects,
		const struct oid *head, struct err *err);

#endif
