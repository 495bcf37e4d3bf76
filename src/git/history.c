/* See history.h. A commit that is older than one of its parents would make the walk miss something, as it does git's own, which then shows
 * pushed commits, too: that is left to git. */
#include "git/history.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Longer histories are git's. */
enum { LIMIT = 3000, SLOP = 5, SLOTS = 64 };

struct walk {
	struct history *history;
	const struct history_tips *cut;
	struct objects *objects;
	bool *done; /* by index in the history */
	struct history_tips marked; /* parents of what the remote side has, if they are met */
	size_t marked_cap;
	bool picky; /* wrong dates would matter */
	struct err *err;
};

/* The slot that has it, or where it belongs. */
static struct history_commit **find_slot(const struct history *history, const struct oid *id)
{
	size_t at;
	memcpy(&at, id->bytes, sizeof at);
	for (at &= history->slot_count - 1; history->slots[at] && !oid_equal(&history->slots[at]->id, id);)
		at = (at + 1) & (history->slot_count - 1);
	return &history->slots[at];
}

struct history_commit *history_find(const struct history *history, const struct oid *id)
{
	return history->slot_count ? *find_slot(history, id) : NULL;
}

/* The table is never more than half full. */
static void append(struct history *history, struct history_commit *commit)
{
	MEM_RESERVE(history->list, history->cap, history->count + 1);
	history->list[history->count++] = commit;
	if (2 * history->count <= history->slot_count) {
		*find_slot(history, &commit->id) = commit;
		return;
	}
	history->slot_count = history->slot_count ? 2 * history->slot_count : SLOTS;
	free(history->slots);
	history->slots = mem_calloc(history->slot_count, sizeof(struct history_commit *));
	for (size_t i = 0; i < history->count; i++)
		*find_slot(history, &history->list[i]->id) = history->list[i];
}

/* Takes a line "NAME <id>" off the front. */
static bool take_id(struct slice *text, const char *name, struct oid *id)
{
	size_t len = strlen(name);
	if (!slice_starts(*text, name) || text->len < len + OID_HEX + 1 || !oid_parse(id, text->ptr + len) ||
	    text->ptr[len + OID_HEX] != '\n')
		return false;
	*text = slice_make(text->ptr + len + OID_HEX + 1, text->len - len - OID_HEX - 1);
	return true;
}

/* The date of "committer NAME <MAIL> DATE ZONE". */
static bool parse_date(struct slice text, int64_t *date)
{
	const char *line = text.ptr;
	for (int lines = 0; lines < 2; lines++) {
		const char *end = memchr(line, '\n', (size_t)(text.ptr + text.len - line));
		if (!end)
			return false;
		if (!lines) {
			line = end + 1;
			continue;
		}
		const char *close = end;
		while (close > line && *close != '>')
			close--;
		char *rest;
		errno = 0;
		*date = strtoll(close + 1, &rest, 10);
		return !strncmp(line, "committer ", 10) && close > line && close[1] == ' ' && rest > close + 2 && *rest == ' ' && !errno &&
		       *date > 0;
	}
	return false;
}

static bool parse_commit(struct history_commit *commit, struct slice text)
{
	struct oid parent;
	size_t cap = 0;
	if (slice_has_nul(text) || !take_id(&text, "tree ", &commit->tree))
		return false;
	while (take_id(&text, "parent ", &parent)) {
		MEM_RESERVE(commit->parents, cap, commit->parent_count + 1);
		commit->parents[commit->parent_count++] = parent;
	}
	const char *body = strstr(text.ptr, "\n\n");
	const char *encoding = strstr(text.ptr, "\nencoding ");
	if (!slice_starts(text, "author ") || !body || (encoding && encoding < body) || !parse_date(text, &commit->date))
		return false;
	commit->message = mem_strdup(body + 2);
	return true;
}

bool history_tips_have(const struct history_tips *tips, const struct oid *id)
{
	for (size_t i = 0; i < tips->count; i++)
		if (oid_equal(&tips->list[i], id))
			return true;
	return false;
}

/* Of what will not be shown the commit-graph says enough. 0; 1 when it is to be read; -1. */
static int know_commit(const struct walk *walk, struct history_commit *commit)
{
	struct commit_facts facts;
	int result = commit->local && !commit->remote ? 1 : objects_know(walk->objects, &commit->id, &facts, walk->err);
	if (result)
		return result;
	commit->tree = facts.tree;
	commit->parents = facts.parents;
	commit->parent_count = facts.parent_count;
	commit->date = (int64_t)facts.date;
	return 0;
}

int history_read(struct history_commit *commit, struct objects *objects, struct err *err)
{
	struct str text = STR_INIT;
	enum object_type type;
	int result = objects_read(objects, &commit->id, &type, &text, err);
	if (!result && (type != OBJECT_COMMIT || !parse_commit(commit, str_slice(&text))))
		result = 1;
	str_release(&text);
	return result;
}

static int read_commit(const struct walk *walk, struct history_commit *commit)
{
	int result = history_read(commit, walk->objects, walk->err);
	if (!result && history_tips_have(walk->cut, &commit->id))
		commit->parent_count = 0;
	return result;
}

/* Parents that were marked before they are met; each is there once, and no longer when it was met. */
static size_t find_marked(const struct walk *walk, const struct oid *id)
{
	size_t at = 0;
	while (at < walk->marked.count && !oid_equal(&walk->marked.list[at], id))
		at++;
	return at;
}

static bool take_marked(struct walk *walk, const struct oid *id)
{
	size_t at = find_marked(walk, id);
	if (at == walk->marked.count)
		return false;
	walk->marked.list[at] = walk->marked.list[--walk->marked.count];
	return true;
}

static void mark(struct walk *walk, const struct oid *id)
{
	if (find_marked(walk, id) < walk->marked.count)
		return;
	MEM_RESERVE(walk->marked.list, walk->marked_cap, walk->marked.count + 1);
	walk->marked.list[walk->marked.count++] = *id;
}

/* The remote side has a commit's parents; and theirs, as far as they were met. git marks them so, before it comes to them: those count
 * although their child may be too old to be met in time. */
static void mark_parents(struct walk *walk, const struct history_commit *commit)
{
	for (size_t i = 0; i < commit->parent_count && walk->picky; i++) {
		struct history_commit *parent = history_find(walk->history, &commit->parents[i]);
		if (!parent) {
			mark(walk, &commit->parents[i]);
		} else if (!parent->remote) {
			parent->remote = true;
			mark_parents(walk, parent);
		}
	}
}

/* Adds a commit to the history. 0, 1, -1. */
static int meet(struct walk *walk, const struct oid *id, bool local, bool remote)
{
	struct history *history = walk->history;
	struct history_commit *commit = history_find(history, id);
	if (commit) {
		bool is_new = remote && !commit->remote;
		commit->local |= local;
		commit->remote |= remote;
		if (is_new)
			mark_parents(walk, commit);
		return 0;
	}
	if (history->count == LIMIT)
		return 1;
	commit = mem_calloc(1, sizeof *commit);
	commit->id = *id;
	commit->local = local;
	commit->remote = take_marked(walk, id) || remote;
	append(history, commit);
	int result = know_commit(walk, commit);
	return result > 0 ? read_commit(walk, commit) : result;
}

/* The newest commit that is not done; *local tells whether there is one left that only the local side has. */
static size_t newest(const struct walk *walk, bool *local)
{
	const struct history *history = walk->history;
	size_t best = history->count;
	*local = false;
	for (size_t i = 0; i < history->count; i++) {
		if (walk->done[i])
			continue;
		*local |= history->list[i]->local && !history->list[i]->remote;
		if (best == history->count || history->list[i]->date > history->list[best]->date)
			best = i;
	}
	return best;
}

/* Goes on a little after the last commit that only the local side has, as git does: one as old may be a child of it, and among the next
 * few a date may turn out to be wrong. */
static int go_on(struct walk *walk)
{
	struct history *history = walk->history;
	int64_t oldest = INT64_MAX; /* that only the local side has */
	int left = SLOP;
	for (bool local;;) {
		size_t at = newest(walk, &local);
		if (at == history->count)
			return 0;
		struct history_commit *commit = history->list[at];
		if (local || commit->date >= oldest)
			left = SLOP;
		else if (!left--)
			return 0;
		if (commit->local && !commit->remote)
			oldest = commit->date;
		walk->done[at] = true;
		for (size_t i = 0; i < commit->parent_count; i++) {
			int result = meet(walk, &commit->parents[i], commit->local, commit->remote);
			if (result)
				return result;
			const struct history_commit *parent = history_find(history, &commit->parents[i]);
			if (walk->picky && parent->date > commit->date)
				return err_set(walk->err, "a commit is older than its parent");
			if (commit->remote)
				mark_parents(walk, parent);
		}
	}
}

int history_walk(struct history *history, struct objects *objects, const struct history_tips *cut, const struct history_tips *local,
		 const struct history_tips *remote, struct err *err)
{
	struct walk walk = {.history = history, .cut = cut, .objects = objects, .picky = local->count > 0, .err = err};
	walk.done = mem_calloc(LIMIT, sizeof *walk.done);
	int result = local->count + remote->count > LIMIT;
	for (size_t i = 0; i < local->count && !result; i++)
		result = meet(&walk, &local->list[i], true, false);
	for (size_t i = 0; i < remote->count && !result; i++)
		result = meet(&walk, &remote->list[i], false, true);
	for (size_t i = 0; i < remote->count && !result; i++)
		mark_parents(&walk, history_find(history, &remote->list[i]));
	if (!result)
		result = go_on(&walk);
	free(walk.marked.list);
	free(walk.done);
	return result;
}

void history_release(struct history *history)
{
	for (size_t i = 0; i < history->count; i++) {
		free(history->list[i]->parents);
		free(history->list[i]->message);
		free(history->list[i]);
	}
	free(history->list);
	free(history->slots);
	*history = (struct history){0};
}

static bool ends_line(const char *text, size_t len)
{
	return !text[len] || text[len] == '\n';
}

char *history_subject(const char *message)
{
	struct str subject = STR_INIT;
	bool any = false;
	for (const char *line = message; *line;) {
		size_t whole = strcspn(line, "\n"), len = whole;
		while (len && byte_is_blank(line[len - 1]) && line[len - 1] != '\f' && line[len - 1] != '\v')
			len--;
		if (!len && any)
			break;
		if (len) {
			str_adds(&subject, any ? " " : "");
			str_add(&subject, line, len);
			any = true;
		}
		line += whole + (ends_line(line, whole) && line[whole]);
	}
	return str_detach(&subject);
}
