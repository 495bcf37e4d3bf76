/* See status_text.h. */
#include "git/status_text.h"

#include <string.h>

#define GREEN "\033[32m"
#define RED "\033[31m"
#define YELLOW "\033[33m"
#define BOLD_GREEN "\033[1;32m"
#define BOLD_YELLOW "\033[1;33m"
#define BOLD_CYAN "\033[1;36m"
#define RESET "\033[m"

/* Adds path as seen from the directory prefix. */
static void add_relative(struct str *out, const char *path, const char *prefix)
{
	size_t same = 0, path_len = strlen(path);
	for (size_t i = 0; prefix[i]; i++) {
		/* A file's name may lack the slash that the name of a directory above us has. */
		char c = i == path_len ? '/' : path[i];
		if (prefix[i] != c)
			break;
		if (c == '/')
			same = i + 1;
		if (i == path_len)
			break;
	}
	for (const char *p = prefix + same; *p; p++)
		if (*p == '/')
			str_adds(out, "../");
	if (same < path_len)
		str_adds(out, path + same);
	else if (!prefix[same])
		str_adds(out, "./");
}

static char escape_letter(unsigned char c)
{
	static const char letters[] = "abtnvfr";
	if (c >= '\a' && c <= '\r')
		return letters[c - '\a'];
	return c == '"' || c == '\\' ? (char)c : '\0';
}

/* Adds text as in a C string, without its quotes; false when nothing had to be escaped. */
static bool add_escaped(struct str *out, struct slice text, bool quote_path)
{
	bool escaped = false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		char letter = escape_letter(c);
		if (letter)
			str_addf(out, "\\%c", letter);
		else if (c < ' ' || c == 127 || (c > 127 && quote_path))
			str_addf(out, "\\%03o", (unsigned)c);
		else
			str_addc(out, (char)c);
		escaped |= letter || c < ' ' || c == 127 || (c > 127 && quote_path);
	}
	return escaped;
}

static void add_path(const struct show *show, struct str *out, const char *path)
{
	struct str name = STR_INIT, text = STR_INIT;
	add_relative(&name, path, show->prefix);
	bool quotes = add_escaped(&text, str_slice(&name), show->quote_path) || strchr(str_cstr(&name), ' ');
	str_addf(out, quotes ? " \"%s\"\n" : " %s\n", str_cstr(&text));
	str_release(&name);
	str_release(&text);
}

static void add_letters(const struct show *show, struct str *out, const char *letters, const char *colour)
{
	bool coloured = show->colours && *letters != ' ';
	str_addf(out, "%s%s%s", coloured ? colour : "", letters, coloured ? RESET : "");
}

/* In a conflict both letters have the colour of what is not staged. */
static bool is_conflict(const struct state_change *change)
{
	return change->staged == 'U' || change->changed == 'U' || (change->staged == 'A' && change->changed == 'A') ||
	       (change->staged == 'D' && change->changed == 'D');
}

static void show_change(const struct show *show, const struct state_change *change, struct str *out)
{
	if (is_conflict(change)) {
		add_letters(show, out, (char[]){change->staged, change->changed, '\0'}, RED);
	} else {
		add_letters(show, out, (char[]){change->staged, '\0'}, GREEN);
		add_letters(show, out, (char[]){change->changed, '\0'}, RED);
	}
	add_path(show, out, change->path);
}

void show_changes(const struct show *show, const struct state *state, struct str *out)
{
	for (size_t i = 0; i < state->change_count; i++)
		show_change(show, &state->changes[i], out);
	for (size_t i = 0; i < state->untracked.len; i++) {
		add_letters(show, out, "??", RED);
		add_path(show, out, state->untracked.list[i]);
	}
}

/* Text in a colour, if there are any. */
static void add_coloured(struct str *out, bool colours, const char *colour, const char *text)
{
	str_addf(out, "%s%s%s", colours ? colour : "", text, colours ? RESET : "");
}

/* A name of a commit: "HEAD", "HEAD -> BRANCH", "tag: NAME" or "BRANCH". */
static void add_label(struct str *out, bool colours, const char *name)
{
	static const char arrow[] = "HEAD -> ";
	if (!strncmp(name, arrow, sizeof arrow - 1)) {
		add_coloured(out, colours, BOLD_CYAN, arrow);
		add_coloured(out, colours, BOLD_GREEN, name + sizeof arrow - 1);
	} else {
		bool tag = !strncmp(name, "tag: ", 5);
		add_coloured(out, colours, tag ? BOLD_YELLOW : !strcmp(name, "HEAD") ? BOLD_CYAN : BOLD_GREEN, name);
	}
}

void show_unpushed(const struct show *show, const struct state *state, struct str *out)
{
	bool colours = show->log_colours;
	for (size_t i = 0; i < state->unpushed.count; i++) {
		const struct unpushed_commit *commit = &state->unpushed.list[i];
		char hex[OID_HEX + 1];
		oid_format(&commit->id, hex);
		hex[commit->digits < OID_HEX ? commit->digits : OID_HEX] = '\0';
		add_coloured(out, colours, YELLOW, hex);
		for (size_t j = 0; j < commit->names.len; j++) {
			add_coloured(out, colours, YELLOW, j ? ", " : " (");
			add_label(out, colours, commit->names.list[j]);
		}
		if (commit->names.len)
			add_coloured(out, colours, YELLOW, ")");
		str_addf(out, " %s\n", commit->subject);
	}
}

void show_stashes(const struct state *state, struct str *out)
{
	for (size_t i = 0; i < state->stashes.len; i++)
		str_addf(out, "stash@{%zu}: %s\n", i, state->stashes.list[i]);
}
