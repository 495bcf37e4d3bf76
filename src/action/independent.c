/* See independent.h. */
#include "action/independent.h"

#include <string.h>

static const char blanks[] = " \t\"'";
static const char separators[] = ";|&\n()`";

static bool is_one_of(struct slice word, const char *const *list)
{
	for (; *list; list++)
		if (slice_is(word, *list))
			return true;
	return false;
}

/* Behind these a command follows. */
static bool goes_on(struct slice word)
{
	static const char *const words[] = {"!", "if", "then", "elif", "else", "{", NULL};
	return is_one_of(word, words);
}

static bool is_plain_command(struct slice word)
{
	static const char *const words[] = {"[", "test", "lazy", "hours_since", "true", "false", ":", "exit", "return", "echo", "printf",
					    "hostname", "uname", "whoami", "id", "date", "basename", "dirname", "which", "type",
					    "fi", "}", NULL};
	return is_one_of(word, words);
}

static struct slice skip_blanks(struct slice text)
{
	while (text.len && strchr(blanks, *text.ptr))
		text = slice_make(text.ptr + 1, text.len - 1);
	return text;
}

/* `command -v NAME` only looks for a program. */
static bool looks_for_program(struct slice word, struct slice rest)
{
	return slice_is(word, "command") && slice_starts(skip_blanks(rest), "-v ");
}

/* Operators of `test` for a file, such as -d; others compare texts and numbers. */
static bool asks_for_file(struct slice word)
{
	static const char *const texts[] = {"-a", "-o", "-n", "-z", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", NULL};
	return word.len > 1 && *word.ptr == '-' && (word.ptr[1] < '0' || word.ptr[1] > '9') && !is_one_of(word, texts);
}

static bool is_of_repository(struct slice rest)
{
	rest = skip_blanks(rest);
	/* Where no operand follows it is an option, as in $(hostname -s). */
	return !rest.len || strchr(separators, *rest.ptr) || slice_starts(rest, "$MR_REPO") || slice_starts(rest, "${MR_REPO}");
}

static size_t word_length(struct slice text)
{
	size_t len = 0;
	while (len < text.len && text.ptr[len] && !strchr(blanks, text.ptr[len]) && !strchr(separators, text.ptr[len]))
		len++;
	return len;
}

static bool leads_up(struct slice word)
{
	for (size_t i = 0; i + 1 < word.len; i++)
		if (word.ptr[i] == '.' && word.ptr[i + 1] == '.')
			return true;
	return false;
}

bool independent_test(struct slice command, bool brings)
{
	bool first = true, tests = false;
	while (command.len) {
		if (!*command.ptr || *command.ptr == '<')
			return false;
		size_t len = word_length(command);
		struct slice word = slice_make(command.ptr, len);
		if (!len) {
			first |= !strchr(blanks, *command.ptr) && *command.ptr != ')';
			command = slice_make(command.ptr + 1, command.len - 1);
			continue;
		}
		command = slice_make(command.ptr + len, command.len - len);
		if (slice_is(word, "$")) /* of a variable or command, which follows */
			continue;
		if (first && !goes_on(word) && !is_plain_command(word) && !looks_for_program(word, command))
			return false;
		if (brings && leads_up(word))
			return false;
		tests |= first && (slice_is(word, "[") || slice_is(word, "test"));
		if (brings && tests && asks_for_file(word) && !is_of_repository(command))
			return false;
		first = first && goes_on(word);
	}
	return true;
}
