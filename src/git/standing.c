/* See standing.h. */
#include "git/standing.h"

#include "git/remote.h"

#include <stdlib.h>
#include <string.h>

static const char heads[] = "refs/heads/", remotes[] = "refs/remotes/";

/* git leaves these while an operation is under way. */
static enum standing_operation find_operation(const char *git_dir)
{
	static const struct {
		const char *name;
		enum standing_operation operation;
	} signs[] = {
	    {"MERGE_HEAD", STANDING_MERGE},
	    {"rebase-apply/applying", STANDING_AM},
	    {"rebase-apply", STANDING_REBASE},
	    {"rebase-merge", STANDING_REBASE},
	    {"CHERRY_PICK_HEAD", STANDING_CHERRY_PICK},
	    {"REVERT_HEAD", STANDING_REVERT},
	    {"BISECT_LOG", STANDING_BISECT},
	};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (layout_has(git_dir, signs[i].name))
			return signs[i].operation;
	return STANDING_NONE;
}

int standing_find(struct standing *standing, const struct layout *layout, const struct refs *refs, struct objects *objects, struct err *err)
{
	standing->branch = refs->head ? refs->head + sizeof heads - 1 : NULL;
	standing->unborn = refs->unborn;
	standing->operation = find_operation(layout->git_dir);
	if (standing->unborn)
		return 0;
	standing->last.id = refs->head_id;
	int result = history_read(&standing->last, objects, err);
	if (result)
		return result < 0 ? -1 : err_set(err, "the last commit is not plain");
	standing->subject = history_subject(standing->last.message);
	return 0;
}

void standing_release(struct standing *standing)
{
	free(standing->last.parents);
	free(standing->last.message);
	free(standing->subject);
}

/* What the upstream is called here, a full name. For free(); NULL when nothing here stands for it, or with a message. */
static char *tracking_name(const struct upstream *upstream, const struct settings *settings, struct err *err)
{
	struct remote remote = {0};
	char *name = NULL;
	if (!strcmp(upstream->remote, "."))
		return mem_strdup(upstream->name);
	if (!remote_read(&remote, settings, upstream->remote, err))
		for (size_t i = 0; i < remote.count && !name; i++)
			name = refspec_tracking(&remote.specs[i], upstream->name);
	remote_release(&remote);
	return name;
}

static const char *without(const char *name, const char *prefix)
{
	size_t len = strlen(prefix);
	return strncmp(name, prefix, len) ? name : name + len;
}

int standing_find_upstream(struct standing_upstream *found, const struct refs *refs, const struct settings *settings,
			   struct objects *objects, struct err *err)
{
	struct upstream upstream;
	if (!refs->head)
		return 0;
	if (remote_upstream(&upstream, settings, refs->head, err))
		return -1;
	char *name = upstream.name ? tracking_name(&upstream, settings, err) : NULL;
	if (!name)
		return err_is_set(err) ? -1 : 0;
	const struct ref *ref = refs_find(refs, name);
	found->name = mem_strdup(without(without(name, remotes), heads));
	found->gone = !ref;
	free(name);
	if (!ref || refs->unborn)
		return 0;
	return objects_distance(objects, &refs->head_id, &ref->id, &found->ahead, &found->behind, err);
}

void standing_release_upstream(struct standing_upstream *upstream)
{
	free(upstream->name);
}
