/* See confine.h. */
#include "action/confine.h"

#include "base/path.h"
#include "registry/trust.h"

#include <stdlib.h>
#include <string.h>

/* What is there of the path must lie within topdir. Takes path; gives it back if it leads out. */
static char *check(char *path, const char *topdir)
{
	char *nearest = mem_strdup(path);
	while (!path_exists(nearest)) {
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

static char *check_name(const char *cwd, struct slice name, const char *topdir)
{
	char *text = mem_dup(name.ptr, name.len), *path = path_join(cwd, text);
	free(text);
	return check(path, topdir);
}

/* The last component of an address, as a clone is called when it has no other name. */
static struct slice clone_name(struct slice word)
{
	while (word.len && word.ptr[word.len - 1] == '/')
		word.len--;
	if (slice_ends(word, ".git"))
		word.len -= strlen(".git");
	size_t start = word.len;
	while (start && word.ptr[start - 1] != '/')
		start--;
	return slice_make(word.ptr + start, word.len - start);
}

/* Which word is the directory depends on the system; none with ".." in it can be. */
static char *check_words(const char *cwd, struct slice command, const char *topdir)
{
	struct slice word;
	char *leads_out = NULL;
	while (!leads_out && slice_word(&command, &word)) {
		struct slice name = trust_unquote(word);
		if (name.len && name.ptr[0] != '/' && !slice_holds(name, ".."))
			leads_out = check_name(cwd, name, topdir);
		name = clone_name(name);
		if (!leads_out && name.len && !slice_holds(name, ".."))
			leads_out = check_name(cwd, name, topdir);
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
