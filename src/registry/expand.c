/* See expand.h. The short way is a whitelist: whatever it does not know is left to the shell. */
#include "registry/expand.h"

#include "registry/command.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_NAME = 64,           /* of a variable, for the short way */
	MAX_DEPTH = 8,           /* of ${X:-${Y:-...}}, for the short way */
	MAX_OUTPUT = 1024 * 1024 /* bytes that one name may expand to */
};

/* Variables that some shell sets itself, whatever the environment says. */
static bool is_shells_own(const char *name)
{
	static const char *const own[] = {
	    /* clang-format off */
	    "BASH", "COLUMNS", "DIRSTACK", "EGID", "EUID", "FUNCNAME", "GID", "GROUPS", "HISTCMD", "HISTFILE", "IFS",
	    "KSH_VERSION", "LINENO", "LINES", "MACHTYPE", "MAIL", "MAILCHECK", "OLDPWD", "OPTARG", "OPTERR",
	    "OPTIND", "OSTYPE", "PATH", "PIPESTATUS", "POSIXLY_CORRECT", "PPID", "PS1", "PS2", "PS3", "PS4", "PWD",
	    "RANDOM", "REPLY", "SECONDS", "SHELL", "SHELLOPTS", "SHLVL", "SRANDOM", "TERM", "UID", "_",
	    /* clang-format on */
	};
	if (strncmp(name, "BASH_", 5) == 0 || strncmp(name, "EPOCH", 5) == 0)
		return true;
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		if (strcmp(name, own[i]) == 0)
			return true;
	return false;
}

/* Variables that some shell sets when the environment has none. */
static bool is_shells_gift(const char *name)
{
	return strcmp(name, "HOME") == 0 || strncmp(name, "HOST", 4) == 0 || strcmp(name, "LOGNAME") == 0 ||
	       strcmp(name, "USER") == 0;
}

/* Takes a variable's name off *text; NULL in *value when it is not set. */
static bool take_variable(struct slice *text, const char **value)
{
	char name[MAX_NAME];
	size_t len = 0;
	while (len < text->len && byte_is_word(text->ptr[len]))
		len++;
	if (!len || len >= sizeof name || (text->ptr[0] >= '0' && text->ptr[0] <= '9'))
		return false;
	memcpy(name, text->ptr, len);
	name[len] = '\0';
	*text = slice_make(text->ptr + len, text->len - len);
	*value = getenv(name);
	if (is_shells_own(name) || (!*value && is_shells_gift(name)))
		return false;
	/* echo replaces what looks like an escape sequence. */
	return !*value || !strchr(*value, '\\');
}

static bool take_char(struct slice *text, char c)
{
	if (!text->len || text->ptr[0] != c)
		return false;
	*text = slice_make(text->ptr + 1, text->len - 1);
	return true;
}

static bool expand_plain(struct slice *text, unsigned depth, struct str *out);

/* What follows a `$`. */
static bool expand_variable(struct slice *text, unsigned depth, struct str *out)
{
	const char *value;
	bool braces = take_char(text, '{');
	if (!take_variable(text, &value))
		return false;
	struct str word = STR_INIT;
	bool fine = true;
	if (braces && take_char(text, ':'))
		fine = depth < MAX_DEPTH && take_char(text, '-') && expand_plain(text, depth + 1, &word);
	if (fine && braces)
		fine = take_char(text, '}');
	if (fine && value && *value)
		str_adds(out, value);
	else if (fine)
		str_add_slice(out, str_slice(&word));
	str_release(&word);
	return fine;
}

/* Expands up to the end or, below the top, to a `}`. false when a shell might read it differently. */
static bool expand_plain(struct slice *text, unsigned depth, struct str *out)
{
	while (text->len && !(depth && text->ptr[0] == '}')) {
		char c = text->ptr[0];
		if (strchr(depth ? "\\`\"'{~" : "\\`\"", c))
			return false;
		*text = slice_make(text->ptr + 1, text->len - 1);
		if (c != '$')
			str_addc(out, c);
		else if (!expand_variable(text, depth, out))
			return false;
	}
	return true;
}

static int ask_shell(struct slice text, struct str *out)
{
	struct str command = STR_INIT;
	str_adds(&command, "echo \"");
	str_add_slice(&command, text);
	str_addc(&command, '"');
	int status;
	int error = command_run(str_cstr(&command), out, MAX_OUTPUT, &status);
	str_release(&command);
	if (out->len && out->data[out->len - 1] == '\n')
		str_truncate(out, out->len - 1);
	return error;
}

int expand_name(struct expander *expander, struct slice text, struct slice *out)
{
	*out = text;
	if (!memchr(text.ptr, '$', text.len))
		return 0;
	struct str buffer = STR_INIT;
	struct slice rest = text;
	/* A leading dash might be an option of echo. */
	if (expand_plain(&rest, 0, &buffer) && str_cstr(&buffer)[0] != '-') {
		*out = arena_copy(expander->arena, str_slice(&buffer));
		str_release(&buffer);
		return 0;
	}
	str_clear(&buffer);
	struct slice *answer = map_get(&expander->answers, text);
	int error = answer ? 0 : ask_shell(text, &buffer);
	if (!answer && !error) {
		answer = arena_alloc(expander->arena, sizeof *answer);
		*answer = arena_copy(expander->arena, str_slice(&buffer));
		*map_place(&expander->answers, arena_copy(expander->arena, text)) = answer;
	}
	if (answer)
		*out = *answer;
	str_release(&buffer);
	return error;
}
