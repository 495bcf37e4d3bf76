/* --cache, --cached and --uncache: the command of an operation and its hooks are kept, said again, or forgotten; see cache.h. */
#include "action/cache.h"
#include "action/operation_private.h"

#include <string.h>

static struct cache_key key_of(const struct operation *op, const char *name)
{
	return (struct cache_key){op->plan->home, name, section_path(op->repo->section)};
}

/* Not for part of a repository, whose results would stand for the whole; not for what starts no shell, nor for the offline log, where
 * only the doing counts. */
bool operation_may_cache(const struct operation *op)
{
	const struct operation_plan *plan = op->plan;
	return (plan->cache || plan->cached) && (!plan->leaf || plan->to_top) && strcmp(op->action, "remember") != 0 &&
	       script_constant(op->command->value) == SCRIPT_RUNS;
}

bool operation_recall(struct operation *op, const char *name, struct job_event *event)
{
	const struct operation_plan *plan = op->plan;
	const struct cache_key key = key_of(op, name);
	int status;
	if (plan->uncache)
		cache_forget(&key);
	str_clear(&op->recalled);
	op->said_again = op->caches && !plan->cache && cache_load(&key, &status, &op->recalled);
	if (op->said_again)
		*event = (struct job_event){.kind = EVENT_EXITED, .value = status, .output = str_slice(&op->recalled)};
	return op->said_again;
}

/* What was killed, or could not start, would have said something else: it is not kept. */
void operation_keep(struct operation *op, const char *name, const struct job_event *event)
{
	const struct cache_key key = key_of(op, name);
	struct err err = ERR_INIT;
	if (!op->caches || op->said_again || event->kind != EVENT_EXITED)
		return;
	if (cache_store(&key, event->value, event->output, &err))
		operation_say(op, STREAM_ERR, "mr %s: its output cannot be kept: %s\n", name, err_text(&err));
	err_release(&err);
}
