/* See environment.h. */
#include "git/environment.h"

#include "base/path.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

/* Variables that do not change the answer of either operation, or that config.c honours. A name that ends in '*' is a
 * prefix. Nothing is paged, edited, asked, committed or sent over a network here. */
static const char *const harmless[] = {
    "GIT_PAGER",	   "GIT_EDITOR",	  "GIT_SEQUENCE_EDITOR", "GIT_AUTHOR_*",
    "GIT_COMMITTER_*",	   "GIT_TERMINAL_PROMPT", "GIT_ASKPASS",	 "GIT_SSH",
    "GIT_SSH_COMMAND",	   "GIT_SSH_VARIANT",	  "GIT_SSL_*",		 "GIT_PROXY_SSL_*",
    "GIT_HTTP_*",	   "GIT_MERGE_AUTOEDIT",  "GIT_PS1_*",		 "GIT_COMPLETION_*",
    "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM",	  "GIT_CONFIG_GLOBAL",	 "GIT_CONFIG_COUNT",
    "GIT_CONFIG_KEY_*",	   "GIT_CONFIG_VALUE_*",
};

static bool is_harmless(struct slice name)
{
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
		struct slice rule = slice_of(harmless[i]);
		bool prefix = rule.ptr[rule.len - 1] == '*';
		rule.len -= prefix;
		if (prefix ? name.len > rule.len && !memcmp(name.ptr, rule.ptr, rule.len) : slice_equal(name, rule))
			return true;
	}
	return false;
}

/* "C", "POSIX", "en", or one of these with something behind; LANGUAGE may list several. */
static bool is_english(const char *value)
{
	while (*value) {
		size_t len = strcspn(value, ":");
		size_t word = strcspn(value, "._@:-");
		bool known = !word || (word == 1 && *value == 'C') || (word == 5 && !memcmp(value, "POSIX", 5)) ||
			     (word == 2 && !memcmp(value, "en", 2));
		if (!known)
			return false;
		value += len + (value[len] == ':');
	}
	return true;
}

bool environment_is_english(void)
{
	static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = environment_get(names[i]);
		if (value && !is_english(value))
			return false;
	}
	return true;
}

int environment_check(struct err *err)
{
	for (char **at = environ; at && *at; at++) {
		if (strncmp(*at, "GIT_", 4) != 0)
			continue;
		struct slice name = slice_make(*at, strcspn(*at, "="));
		if (!is_harmless(name))
			return err_set(err, "%.*s is set", (int)(name.len < 100 ? name.len : 100), name.ptr);
	}
	return 0;
}

const char *environment_get(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

char *environment_xdg(const char *name)
{
	const char *xdg = environment_get("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");
	char *dir = xdg ? path_join(xdg, "git") : home ? path_join(home, ".config/git") : NULL;
	char *path = dir ? path_join(dir, name) : NULL;
	free(dir);
	return path;
}
