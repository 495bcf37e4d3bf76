/* See confine.h. */
#include "action/confine.h"

#include "base/path.h"
#include "registry/trust.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is there of the path must lie within topdir; a link to nothing is there, too. Takes path; gives it back if it leads out. */
static char *check(char *path, const char *topdir)
{
	char *nearest = mem_strdup(path);
	struct stat st;
	while (lstat(nearest, &st)) {
		char *parent = path_parent(nearest);
		free(nearest);
		nearest = parent;
	}
	char *real = path_real(nearest);
	bool inside = real && path_is_within(real, topdir);
	free(real);
	free(nearest);
	if (!inside)
		return path;
	free(path);
	return NULL;
}

/* No template takes an absolute name, or one with ".." in it, for a directory. */
static char *check_name(const char *cwd, struct slice name, const char *ending, const char *topdir)
{
	if (!name.len || name.ptr[0] == '/' || slice_holds(name, ".."))
		return NULL;
	char *text = mem_format("%.*s%s", (int)name.len, name.ptr, ending), *path = path_join(cwd, text);
	free(text);
	return check(path, topdir);
}

static struct slice last_component(struct slice word)
{
	while (word.len && word.ptr[word.len - 1] == '/')
		word.len--;
	size_t start = word.len;
	while (start && word.ptr[start - 1] != '/')
		start--;
	return slice_make(word.ptr + start, word.len - start);
}

static struct slice without_ending(struct slice name)
{
	static const char *const endings[] = {".git", ".bundle"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		if (slice_ends(name, endings[i]))
			return slice_make(name.ptr, name.len - strlen(endings[i]));
	}
	return name;
}

/* Which word is the directory depends on the system. Where none is, a clone is called like the last component of its address, by git
 * without an ending, or with `.git` if it is bare. */
static char *check_words(const char *cwd, struct slice command, const char *topdir)
{
	struct slice word;
	char *leads_out = NULL;
	while (!leads_out && slice_word(&command, &word)) {
		struct slice whole = trust_unquote(word), last = last_component(whole), base = without_ending(last);
		leads_out = check_name(cwd, whole, "", topdir);
		if (!leads_out)
			leads_out = check_name(cwd, last, "", topdir);
		if (!leads_out)
			leads_out = check_name(cwd, base, "", topdir);
		if (!leads_out)
			leads_out = check_name(cwd, base, ".git", topdir);
	}
	return leads_out;
}

char *confine_checkout(const struct section *section, const char *cwd, struct slice command)
{
	if (section_is_trusted(section))
		return NULL;
	char *topdir = path_normalise(section_topdir(section));
	char *leads_out = check(mem_strdup(cwd), topdir);
	if (!leads_out)
		leads_out = check_words(cwd, command, topdir);
	free(topdir);
	return leads_out;
}
