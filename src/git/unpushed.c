/* See unpushed.h. */
#include "git/unpushed.h"

#include <stdlib.h>
#include <string.h>

int unpushed_find(struct unpushed *unpushed, const struct refs *refs, struct objects *objects, struct err *err)
{
	size_t branches, tracking;
	const struct ref *branch = refs_under(refs, "refs/heads/", &branches);
	const struct ref *remote = refs_under(refs, "refs/remotes/", &tracking);
	struct oid *tips = mem_calloc(tracking, sizeof *tips);
	for (size_t i = 0; i < tracking; i++)
		tips[i] = remote[i].id;
	int failed = 0;
	for (size_t i = 0; i < branches && !failed; i++) {
		bool pushed;
		failed = objects_reach(objects, &branch[i].id, tips, tracking, &pushed, err);
		if (!failed && !pushed)
			failed = err_set(err, "%s is not pushed", branch[i].name + strlen("refs/heads/"));
	}
	free(tips);
	unpushed->count = 0;
	return failed;
}

void unpushed_release(struct unpushed *unpushed)
{
	*unpushed = (struct unpushed){0};
}
