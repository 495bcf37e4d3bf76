/* See environment.h. */
#include "git/environment.h"

#include "base/path.h"
#include "base/str.h"
#include "git/settings.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

/* Variables that do not change the answer of either operation, or that config.c honours. A name that ends in '*' is a
 * prefix. Nothing is paged, edited, asked, committed or sent over a network here. */
static const char *const harmless[] = {
    "GIT_PAGER",	   "GIT_EDITOR",	  "GIT_SEQUENCE_EDITOR", "GIT_AUTHOR_*",
    "GIT_COMMITTER_*",	   "GIT_TERMINAL_PROMPT", "GIT_ASKPASS",	 "GIT_SSH",
    "GIT_SSH_COMMAND",	   "GIT_SSH_VARIANT",	  "GIT_SSL_*",		 "GIT_PROXY_SSL_*",
    "GIT_HTTP_*",	   "GIT_PS1_*",		  "GIT_COMPLETION_*",
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

/* Does the file begin as no program of a machine does? */
static bool is_script(const char *name)
{
	char start = '#';
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && read(fd, &start, 1) < 0)
		start = '#';
	if (fd >= 0)
		close(fd);
	return isprint((unsigned char)start) || isspace((unsigned char)start);
}

/* The git that a shell would run: 0 when that is git itself as far as can be seen, and no script of the user's. */
static int check_program(struct err *err)
{
	for (const char *path = environment_get("PATH"); path && *path; path += *path == ':') {
		size_t len = strcspn(path, ":");
		if (*path != '/')
			return err_set(err, "PATH leads through the working directory");
		char *name = mem_format("%.*s/git", (int)len, path);
		bool found = path_is_file(name) && !access(name, X_OK), script = found && is_script(name);
		free(name);
		if (found)
			return script ? err_set(err, "the git on PATH is a script") : 0;
		path += len;
	}
	return err_set(err, "there is no git on PATH");
}

/* What a shell takes from its environment, and what would change the commands: functions of bash, its options; dash wants a number. */
static bool concerns_shell(const char *entry)
{
	return !strncmp(entry, "BASH_FUNC_git", 13) || !strncmp(entry, "SHELLOPTS=", 10) ||
	       (!strncmp(entry, "OPTIND=", 7) && (!entry[7] || strspn(entry + 7, "0123456789") != strlen(entry + 7)));
}

/* git merge reads it also where there is no message to edit, and dies of a value that is neither yes nor no. */
static bool is_autoedit(struct slice name)
{
	const char *value = environment_get("GIT_MERGE_AUTOEDIT");
	return slice_is(name, "GIT_MERGE_AUTOEDIT") && (!value || settings_is_true(value) || settings_is_false(value));
}

int environment_check(struct err *err)
{
	static bool checked; /* PATH stays as it is */
	if (!checked && check_program(err))
		return -1;
	checked = true;
	const char *home = environment_get("HOME"), *xdg = environment_get("XDG_CONFIG_HOME");
	if ((home && *home != '/') || (xdg && *xdg != '/')) /* git sees them from here and from there */
		return err_set(err, "%s is no absolute path", home && *home != '/' ? "HOME" : "XDG_CONFIG_HOME");
	for (char **at = environ; at && *at; at++) {
		if (concerns_shell(*at))
			return err_set(err, "%.*s is set", (int)strcspn(*at, "="), *at);
		if (strncmp(*at, "GIT_", 4) != 0)
			continue;
		struct slice name = slice_make(*at, strcspn(*at, "="));
		if (!is_harmless(name) && !is_autoedit(name))
			return err_set(err, "%.*s is set", (int)(name.len < 100 ? name.len : 100), name.ptr);
	}
	return 0;
}

const char *environment_get(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

char *environment_home(const char *value)
{
	const char *home = environment_get("HOME");
	return home && !strncmp(value, "~/", 2) ? mem_format("%s%s", home, value + 1) : NULL; /* "~//x" is there, too */
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
