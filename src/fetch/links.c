/* See links.h. */
#include "fetch/links.h"

#include "fetch/html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_LINKS = 1000, OTHER = 5 };

static void link_release(struct link *link)
{
	free(link->vcs);
	free(link->url);
	free(link->title);
}

void links_release(struct links *links)
{
	for (size_t i = 0; i < links->len; i++)
		link_release(&links->list[i]);
	free(links->list);
	*links = (struct links)LINKS_INIT;
}

/* The system in a list of words like "alternate vcs-git"; NULL when there is none. For free(). */
static char *find_vcs(struct slice rel)
{
	struct slice word;
	while (slice_word(&rel, &word)) {
		if (word.len <= 4 || strncasecmp(word.ptr, "vcs-", 4) != 0 || slice_has_nul(word))
			continue;
		char *vcs = mem_dup(word.ptr + 4, word.len - 4);
		for (char *c = vcs; *c; c++)
			*c = (char)(*c >= 'A' && *c <= 'Z' ? *c | 0x20 : *c);
		return vcs;
	}
	return NULL;
}

/* Adds what the tag names. Returns it, or NULL. */
static struct link *add_tag(struct links *links, const struct html_token *tag, bool *titled)
{
	struct str rel = STR_INIT, url = STR_INIT, title = STR_INIT;
	struct link *link = NULL;
	char *vcs = NULL;
	html_attribute(tag, "rel", &rel);
	html_attribute(tag, "href", &url);
	*titled = html_attribute(tag, "title", &title);
	if (url.len && !slice_has_nul(str_slice(&url)))
		vcs = find_vcs(str_slice(&rel));
	if (vcs) {
		MEM_RESERVE(links->list, links->cap, links->len + 1);
		link = &links->list[links->len++];
		*link = (struct link){.vcs = vcs, .url = str_detach(&url), .title = str_detach(&title)};
	}
	str_release(&rel);
	str_release(&url);
	str_release(&title);
	return link;
}

int links_read(struct links *links, struct slice page, struct err *err)
{
	struct html html = {.rest = page};
	struct html_token token;
	struct str text = STR_INIT;
	size_t open = 0; /* one more than the place of the a element whose text is its title */
	enum html_kind kind;
	while ((kind = html_next(&html, &token)) != HTML_END && links->len <= MAX_LINKS) {
		bool is_a = html_is(token.name, "a"), titled;
		if (kind == HTML_TEXT && open) {
			str_add_slice(&text, token.text);
		} else if (kind == HTML_CLOSE && is_a && open) {
			free(links->list[open - 1].title);
			links->list[open - 1].title = str_detach(&text);
			open = 0;
		} else if (kind == HTML_OPEN && (is_a || html_is(token.name, "link")) && add_tag(links, &token, &titled) && is_a) {
			str_clear(&text);
			open = titled ? 0 : links->len;
		}
	}
	str_release(&text);
	return links->len > MAX_LINKS ? err_set(err, "the page names more than %d repositories", MAX_LINKS) : 0;
}

/* How many are preferred to it as long as nobody wants to log in. */
static int rank(const char *url)
{
	static const char *const schemes[OTHER] = {"https://", "git://", "bzr://", "svn://", "http://"};
	int i = 0;
	while (i < OTHER && strncasecmp(url, schemes[i], strlen(schemes[i])) != 0)
		i++;
	return i;
}

/* Is a link that comes later better? Of equal ones of the kind that is asked for myrepos takes the last, else the first. */
static bool is_better(const struct link *later, const struct link *best, bool authenticated)
{
	int a = rank(later->url), b = rank(best->url);
	if (a == b)
		return (a == OTHER) == authenticated;
	return authenticated && (a == OTHER || b == OTHER) ? a == OTHER : a < b;
}

static bool is_same_repository(const struct link *a, const struct link *b)
{
	return a->title[0] && strcmp(a->title, b->title) == 0;
}

static bool is_same(const struct link *a, const struct link *b)
{
	return strcmp(a->vcs, b->vcs) == 0 && strcmp(a->url, b->url) == 0;
}

/* Of those kept so far, the one that the link stands beside; NULL. */
static struct link *find(const struct links *links, size_t kept, bool (*matches)(const struct link *, const struct link *),
			 const struct link *link)
{
	for (size_t i = 0; i < kept; i++) {
		if (matches(&links->list[i], link))
			return &links->list[i];
	}
	return NULL;
}

/* Each takes the place of the first that is the same in that sense, or is dropped. */
static void merge(struct links *links, bool (*matches)(const struct link *, const struct link *), bool authenticated)
{
	size_t kept = 0;
	for (size_t i = 0; i < links->len; i++) {
		struct link link = links->list[i], *beside = find(links, kept, matches, &link);
		if (beside && is_better(&link, beside, authenticated)) {
			link_release(beside);
			*beside = link;
		} else if (beside) {
			link_release(&link);
		} else {
			links->list[kept++] = link;
		}
	}
	links->len = kept;
}

void links_choose(struct links *links, bool authenticated)
{
	merge(links, is_same_repository, authenticated);
	merge(links, is_same, authenticated);
}

/* The host that a program would connect to begins like an option? URLs, and what scp takes. */
static bool host_is_option(const char *url)
{
	const char *scheme = strstr(url, "://"), *host = scheme ? scheme + 3 : url;
	for (const char *c = host; *c && *c != '/'; c++) {
		if (*c == '@')
			host = c + 1;
	}
	return *host == '-';
}

/* Would the directory be hidden, as the .git of the directory around it is, or a level further up? */
static bool name_is_hidden(const char *url, bool is_git)
{
	size_t len = strlen(url);
	for (;;) {
		if (len && (byte_is_blank(url[len - 1]) || url[len - 1] == '/'))
			len--;
		else if (is_git && len >= 5 && strncmp(url + len - 5, "/.git", 5) == 0)
			len -= 5;
		else
			break;
	}
	for (size_t i = len; i > 0 && url[i - 1] != '/'; i--) {
		const char *rest = url + i - 1;
		bool begins = i == 1 || rest[-1] == '/' || rest[-1] == ':';
		if (begins && (*rest == '.' || strncasecmp(rest, "%2e", 3) == 0))
			return true;
		if (strncasecmp(rest, "%2f", 3) == 0 || strncasecmp(rest, "%5c", 3) == 0)
			return true;
	}
	return false;
}

const char *link_danger(const struct link *link, bool names_directory)
{
	const char *url = link->url;
	for (const char *c = url; *c; c++) {
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return "it has control characters";
	}
	if (url[0] == '-' || host_is_option(url))
		return "it could be taken for an option";
	const char *helper = strstr(url, "::");
	if (helper && (size_t)(helper - url) <= strcspn(url, "/@["))
		return "it names a program to run";
	if (names_directory && name_is_hidden(url, strcmp(link->vcs, "git") == 0))
		return "its directory would be hidden; give one";
	return NULL;
}
