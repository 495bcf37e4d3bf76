/* See harmless.h. */
#include "action/harmless.h"

#include "action/shell_syntax.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 256 << 10 };

static bool is_name(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!byte_is_word(text.ptr[i]) || (!i && text.ptr[i] >= '0' && text.ptr[i] <= '9'))
			return false;
	return text.len > 0;
}

/* Functions that the built-in commands of git call, or that could stand for what the shell does by itself. */
static bool is_called(struct slice name)
{
	static const char *const names[] = {"git", "true", "my_sh", "set", "test", "cd", "echo", "printf", "command", "exec", "eval",
					    "exit", "return", "unset", "export", "readonly", "local", "shift", "trap", "false", "env", "sh",
					    "break", "continue", "times", "wait", "read", "umask", "type", "hash", "alias", "unalias",
					    /* words that one shell or another reserves */
					    "if", "then", "elif", "else", "fi", "for", "in", "do", "done", "while", "until", "case", "esac",
					    "function", "select", "time", "coproc"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (slice_is(name, names[i]))
			return true;
	return false;
}

/* A value without anything that runs or fails: no quotes within quotes, expansions of plain variables at most. */
static bool is_plain_value(struct slice value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		char after = i + 1 < value.len ? value.ptr[i + 1] : '\0';
		if (c == '`' || c == '\\' || (c == '$' && !byte_is_word(after)))
			return false;
	}
	return true;
}

/* NAME=VALUE: of a variable that is no child's and means nothing to the shell. */
static bool is_harmless_assignment(struct slice word)
{
	static const char *const special[] = {"IFS", "PATH", "ENV", "PS1", "PS2", "PS4", "OPTIND", "LINENO", "PPID", "HOME", "PWD",
					      "OLDPWD", "CDPATH", "SHELLOPTS", "BASHOPTS", "BASH_ENV", "UID", "EUID", "POSIXLY_CORRECT"};
	const char *equals = memchr(word.ptr, '=', word.len);
	struct slice name = slice_make(word.ptr, equals ? (size_t)(equals - word.ptr) : 0);
	if (!is_name(name) || slice_starts(name, "GIT_") || slice_starts(name, "LC_") || slice_starts(name, "MR_") ||
	    slice_starts(name, "LANG") || slice_starts(name, "BASH"))
		return false;
	for (size_t i = 0; i < sizeof special / sizeof *special; i++)
		if (slice_is(name, special[i]))
			return false;
	char *text = mem_dup(name.ptr, name.len);
	bool exported = getenv(text) != NULL;
	free(text);
	return !exported && is_plain_value(slice_make(equals + 1, word.len - name.len - 1));
}

/* NAME () { ... } or NAME=VALUE, the word being taken. */
static bool is_harmless_item(struct shell_syntax *syntax, struct slice word)
{
	shell_skip(syntax, false);
	if (!shell_take(syntax, "("))
		return is_harmless_assignment(word);
	shell_skip(syntax, false);
	if (!is_name(word) || is_called(word) || !shell_take(syntax, ")"))
		return false;
	shell_skip_body(syntax);
	shell_skip(syntax, false);
	return !syntax->doubt;
}

bool harmless_library(struct slice text)
{
	struct shell_syntax syntax = {text, false, 0};
	if (text.len > LONGEST || slice_has_nul(text) || memchr(text.ptr, '\r', text.len))
		return false;
	for (;;) {
		shell_skip(&syntax, true);
		if (!syntax.rest.len)
			return !syntax.doubt;
		struct slice word = shell_word(&syntax);
		if (syntax.doubt || !is_harmless_item(&syntax, word))
			return false;
		if (syntax.rest.len && !shell_take(&syntax, "\n") && !shell_take(&syntax, ";"))
			return false;
	}
}
