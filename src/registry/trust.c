/* See trust.h. Whoever writes an untrusted file writes what a shell will run: everything here is a whitelist. */
#include "registry/trust.h"

#include "base/args.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_WORDS = 16 }; /* of a checkout command; no template is that long */

static bool is_made_of(struct slice text, const char *punctuation)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '\0' || ((!byte_is_word(c) || c == '_') && !strchr(punctuation, c)))
			return false;
	}
	return text.len > 0;
}

/* What lies in there is read as a version control system's own: its configuration, its hooks. */
static bool is_administrative(struct slice path)
{
	static const char *const names[] = {".git", ".hg", ".bzr", ".svn", "_darcs"};
	while (path.len) {
		const char *slash = memchr(path.ptr, '/', path.len);
		size_t len = slash ? (size_t)(slash - path.ptr) : path.len;
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (strlen(names[i]) == len && strncasecmp(path.ptr, names[i], len) == 0)
				return true;
		path = slice_make(path.ptr + len + (slash != NULL), path.len - len - (slash != NULL));
	}
	return false;
}

static bool is_safe_path(struct slice path)
{
	if (!is_made_of(path, "-_.+/") || path.ptr[0] == '/')
		return false;
	return !slice_holds(path, "..") && !is_administrative(path);
}

bool trust_section(struct slice name)
{
	return is_safe_path(name) && !slice_is(name, "ALIAS") && !slice_is(name, "DEFAULT");
}

bool trust_has_control(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < 32 || text.ptr[i] == 127)
			return true;
	return false;
}

/* One pair of quotes around a word; what is inside must still pass as a plain word. */
struct slice trust_unquote(struct slice word)
{
	char quote = word.ptr[0];
	if (word.len >= 2 && (quote == '\'' || quote == '"') && word.ptr[word.len - 1] == quote)
		return slice_make(word.ptr + 1, word.len - 2);
	return word;
}

/* A word that begins with a dash would be an option, and some options run commands; so would a host. `x::` names a program that git
 * is to run. */
static bool is_safe_url(struct slice word)
{
	return is_made_of(word, "-_.+:@/") && word.ptr[0] != '-' && !slice_holds(word, "::") && !slice_holds(word, "@-") &&
	       !slice_holds(word, "/-");
}

static bool is_safe_repo(struct slice word)
{
	return is_safe_path(word) && word.ptr[0] != '-';
}

/* The last component of a url, empty when it has no slash. */
static struct slice last_component(struct slice url)
{
	if (slice_ends(url, "/"))
		url.len--;
	size_t start = url.len;
	while (start && url.ptr[start - 1] != '/')
		start--;
	return start ? slice_make(url.ptr + start, url.len - start) : slice_make(url.ptr, 0);
}

/* Is the word one of the choices a|b|c? They are plain text: a quoted or variable one never matches. */
static bool is_choice(struct slice word, struct slice choices)
{
	while (choices.len) {
		const char *bar = memchr(choices.ptr, '|', choices.len);
		size_t len = bar ? (size_t)(bar - choices.ptr) : choices.len;
		struct slice choice = slice_make(choices.ptr, len);
		if (is_made_of(choice, "-_.+:@/=,") && slice_equal(word, choice))
			return true;
		size_t used = len + (bar != NULL);
		choices = slice_make(choices.ptr + used, choices.len - used);
	}
	return false;
}

static bool matches(const struct slice *words, size_t count, struct slice template)
{
	struct slice want, url = {"", 0};
	size_t at = 0;
	for (; slice_word(&template, &want); at++) {
		bool given = at < count, fine;
		if (slice_is(want, "$url")) {
			url = given ? words[at] : slice_make("", 0);
			fine = is_safe_url(url);
		} else if (slice_is(want, "$repo")) {
			fine = is_safe_repo(given ? words[at] : last_component(url));
		} else {
			fine = given && is_choice(words[at], want);
		}
		if (!fine)
			return false;
	}
	return at > 0 && count <= at;
}

bool trust_checkout(struct slice command, const struct named_setting *templates, size_t count)
{
	struct slice words[MAX_WORDS], rest = slice_trim(command);
	size_t len = 0;
	/* The command goes to a shell, for which a new line is a new command. */
	if (trust_has_control(rest))
		return false;
	while (len < MAX_WORDS && slice_word(&rest, &words[len])) {
		words[len] = trust_unquote(words[len]);
		len++;
	}
	if (slice_trim(rest).len)
		return false;
	for (size_t i = 0; i < count; i++)
		if (matches(words, len, templates[i].setting->value))
			return true;
	return false;
}

struct trust_list {
	struct args paths;
};

static void add_line(struct trust_list *list, const char *line, const char *home)
{
	char *path = strncmp(line, "~/", 2) == 0 ? path_join(home, line + 2) : mem_strdup(line);
	if (path[0] == '/') {
		char *real = path_real(path);
		if (real)
			args_take(&list->paths, real);
	}
	free(path);
}

struct trust_list *trust_read(const char *home)
{
	struct trust_list *list = mem_calloc(1, sizeof *list);
	struct str text = STR_INIT;
	struct err err = ERR_INIT;
	char *name = path_join(home, ".mrtrust");
	/* A list that is missing or cannot be read vouches for nothing. */
	if (file_read(name, &text, &err) == 0) {
		struct slice rest = str_slice(&text);
		while (rest.len) {
			const char *newline = memchr(rest.ptr, '\n', rest.len);
			size_t len = newline ? (size_t)(newline - rest.ptr) : rest.len;
			size_t end = len && rest.ptr[len - 1] == '\r' ? len - 1 : len;
			char *line = mem_dup(rest.ptr, end);
			if (strlen(line) == end)
				add_line(list, line, home);
			free(line);
			size_t used = len + (newline != NULL);
			rest = slice_make(rest.ptr + used, rest.len - used);
		}
	}
	free(name);
	err_release(&err);
	str_release(&text);
	return list;
}

bool trust_lists(const struct trust_list *list, const char *real_path)
{
	for (size_t i = 0; i < list->paths.len; i++)
		if (strcmp(list->paths.list[i], real_path) == 0)
			return true;
	return false;
}

void trust_free(struct trust_list *list)
{
	if (!list)
		return;
	args_release(&list->paths);
	free(list);
}
