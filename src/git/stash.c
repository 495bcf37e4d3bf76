/* See stash.h. The stashes are the reflog of refs/stash: lines of old id, new id, who, when, a tab and the message. */
#include "git/stash.h"

#include "base/file.h"
#include "base/path.h"
#include "git/layout.h"

#include <stdlib.h>
#include <string.h>

struct stash_line {
	struct oid from;
	struct oid to;
	struct slice message;
};

/* Only ASCII: nothing that an output encoding could change. */
static bool is_printable(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < ' ' || text.ptr[i] > '~')
			return false;
	return true;
}

/* "Name <mail> 1700000000 +0100" */
static bool is_signature(struct slice text)
{
	const char *end = text.ptr + text.len;
	const char *p = text.len > 6 ? end - 6 : text.ptr; /* the zone and the blank before it */
	if (text.len < 10 || *p != ' ' || (p[1] != '+' && p[1] != '-') || strspn(p + 2, "0123456789") != 4)
		return false;
	const char *zone = p;
	while (p > text.ptr && p[-1] >= '0' && p[-1] <= '9')
		p--;
	if (p == zone || zone - p > 10 || *p == '0' || p - text.ptr < 4 || p[-1] != ' ' || p[-2] != '>')
		return false;
	const char *open = memchr(text.ptr, '<', text.len);
	const char *close = memchr(text.ptr, '>', text.len);
	return open && open > text.ptr && open[-1] == ' ' && open < close && close == p - 2 && !slice_has_nul(text) &&
	       !memchr(open + 1, '<', (size_t)(close - open));
}

static bool parse_line(struct slice text, struct stash_line *line)
{
	const char *tab = memchr(text.ptr, '\t', text.len);
	if (!tab || tab - text.ptr < 2 * OID_HEX + 2 || text.ptr[OID_HEX] != ' ' || text.ptr[2 * OID_HEX + 1] != ' ')
		return false;
	if (!oid_parse(&line->from, text.ptr) || !oid_parse(&line->to, text.ptr + OID_HEX + 1))
		return false;
	const char *who = text.ptr + 2 * OID_HEX + 2;
	if (!is_signature(slice_make(who, (size_t)(tab - who))))
		return false;
	line->message = slice_make(tab + 1, text.len - (size_t)(tab + 1 - text.ptr));
	return line->message.len && is_printable(line->message) && *line->message.ptr != ' ' &&
	       line->message.ptr[line->message.len - 1] != ' ';
}

/* Cuts the log into lines, oldest first, each from where the one before led to. */
static int parse_log(struct slice text, struct stash_line **lines, size_t *count, const struct oid *tip)
{
	size_t cap = 0;
	while (text.len) {
		const char *newline = memchr(text.ptr, '\n', text.len);
		size_t len = newline ? (size_t)(newline - text.ptr) : 0;
		struct stash_line line;
		if (!newline || !parse_line(slice_make(text.ptr, len), &line))
			return -1;
		if (*count && !oid_equal(&line.from, &(*lines)[*count - 1].to))
			return -1;
		MEM_RESERVE(*lines, cap, *count + 1);
		(*lines)[(*count)++] = line;
		text = slice_make(newline + 1, text.len - len - 1);
	}
	return *count && oid_equal(&(*lines)[*count - 1].to, tip) ? 0 : -1;
}

static int list_lines(struct args *list, const struct stash_line *lines, size_t count, struct objects *objects,
		      struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct stash_line *line = &lines[count - 1 - i];
		struct oid tree;
		if (objects_tree_of(objects, &line->to, &tree, err))
			return -1;
		args_take(list, mem_dup(line->message.ptr, line->message.len));
	}
	return 0;
}

int stash_list(struct args *list, const char *git_dir, const struct refs *refs, struct objects *objects, struct err *err)
{
	const struct ref *tip = refs_find(refs, "refs/stash");
	if (!tip)
		return 0;
	if (layout_has(git_dir, "stash"))
		return err_set(err, "there is another reference stash"); /* git calls ours refs/stash then */
	char *path = path_join(git_dir, "logs/refs/stash");
	struct str text = STR_INIT;
	struct stash_line *lines = NULL;
	size_t count = 0;
	int failed = file_read(path, &text, err);
	if (!failed && parse_log(str_slice(&text), &lines, &count, &tip->id))
		failed = err_set(err, "the stash list is not plain");
	if (!failed)
		failed = list_lines(list, lines, count, objects, err);
	free(lines);
	str_release(&text);
	free(path);
	return failed;
}
