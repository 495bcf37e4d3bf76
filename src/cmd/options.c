/* See options.h. The rules are those of Perl's Getopt::Long with bundling and without permuting, which people's habits and scripts
 * stand on: -vj4, -j 4, -j, --jobs=4, --no-rec 2, --DIRECTORY x. */
#include "cmd/options.h"

#include "base/quote.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum kind {
	FLAG,     /* sets a bool */
	TEXT,     /* needs a text */
	NUMBER,   /* needs a number of at least 0 */
	OPTIONAL, /* may have a number of at least 0; 0 without */
	IGNORED,  /* accepted, means nothing */
};

static const struct option {
	char letter;
	const char *name;
	enum kind kind;
	size_t target; /* offset in struct options */
	bool new;      /* not of myrepos: no abbreviation, so that theirs stay unambiguous */
	const char *argument;
	const char *description;
} table[] = {
#define TO(field) offsetof(struct options, field)
	{'d', "directory", TEXT, TO(directory), false, "DIR", "work in DIR instead of the current directory"},
	{'c', "config", TEXT, TO(config), false, "FILE", "use FILE instead of the nearest .mrconfig"},
	{'f', "force", FLAG, TO(force), false, NULL, "act on repositories that are set to be skipped, too"},
	{0, "force-env", FLAG, TO(force_env), false, NULL, "run although GIT_DIR or the like is set"},
	{'v', "verbose", FLAG, TO(verbose), false, NULL, "say what is loaded and run"},
	{'m', "minimal", FLAG, TO(minimal), false, NULL, "show only repositories that have something to say"},
	{'q', "quiet", FLAG, TO(quiet), false, NULL, "show only the output of what failed"},
	{'k', "insecure", FLAG, TO(insecure), false, NULL, "accept bad certificates when bootstrapping"},
	{'s', "stats", FLAG, TO(stats), false, NULL, "name what failed and what was skipped at the end"},
	{'i', "interactive", FLAG, TO(interactive), false, NULL, "start a shell in each repository that failed"},
	{'n', "no-recurse", OPTIONAL, TO(max_depth), false, "[N]", "go at most N directories deep; this repository only"},
	{'j', "jobs", OPTIONAL, TO(jobs), false, "[N]", "run N jobs at a time; as many as there are"},
	{'t', "trust-all", FLAG, TO(trust_all), false, NULL, "trust every .mrconfig"},
	{'p', "path", IGNORED, 0, false, NULL, "does nothing; for old scripts"},
	{0, "cache", FLAG, TO(cache), false, NULL, "keep what is said in ~/.mrcache"},
	{0, "cached", FLAG, TO(cached), false, NULL, "say what was kept instead of running, where there is something"},
	{0, "uncache", FLAG, TO(uncache), false, NULL, "forget what was kept before running"},
	{0, "top", FLAG, TO(top), false, NULL, "in a subdirectory of a repository, work at its top"},
	{0, "no-print-action", FLAG, TO(no_print_action), false, NULL, "leave the action out of the headers"},
	{0, "no-print-dir", FLAG, TO(no_print_dir), false, NULL, "leave the directory out of the headers"},
	{0, "no-print-subdir", FLAG, TO(no_print_subdir), false, NULL, "leave the subdirectory out of the headers"},
	{0, "no-print-footer", FLAG, TO(no_print_footer), false, NULL, "leave out the last line"},
	{0, "no-native", FLAG, TO(no_native), true, NULL, "always run the shell definitions"},
	{0, "jobs-per-host", NUMBER, TO(jobs_per_host), true, "N", "ask a host for at most N repositories at a time"},
	{0, "retries", NUMBER, TO(retries), true, "N", "try N times more when a host is busy or unreachable"},
	{0, "timeout", NUMBER, TO(timeout), true, "SECONDS", "end a command that takes longer"},
	{0, "help", FLAG, TO(help), true, NULL, "show this help"},
	{0, "version", FLAG, TO(version), true, NULL, "show the version"},
#undef TO
};

enum { OPTION_COUNT = sizeof table / sizeof *table };

static const char usage[] = "Usage: mr [options] action [params ...]\n(Use mr help for man page.)";

/* Adds a line to the message: every option that is wrong is named. */
static int fail(struct err *err, const char *before, const char *name, const char *after)
{
	char *lines = mem_format("%s%s%s%s%s", err_text(err), err_is_set(err) ? "\n" : "", before, name, after);
	err_set(err, "%s", lines);
	free(lines);
	return -1;
}

static int fail_number(struct err *err, const char *value, const char *name)
{
	char *before = mem_format("Value \"%s\" invalid for option ", value);
	fail(err, before, name, " (number expected)");
	free(before);
	return -1;
}

static void fail_ambiguous(struct err *err, const char *name, const char *matches)
{
	char *after = mem_format(" is ambiguous (%s)", matches);
	fail(err, "Option ", name, after);
	free(after);
}

static const struct option *by_letter(char letter)
{
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (table[i].letter && table[i].letter == letter)
			return &table[i];
	}
	return NULL;
}

/* The option of that name, or of that unambiguous beginning of one; letters are names, too. NULL with a message. */
static const struct option *by_name(struct slice name, struct err *err)
{
	const struct option *found = name.len == 1 ? by_letter((char)tolower((unsigned char)name.ptr[0])) : NULL;
	if (found)
		return found;
	struct str matches = STR_INIT;
	size_t count = 0;
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (strncasecmp(table[i].name, name.ptr, name.len) != 0 || !name.len)
			continue;
		bool whole = strlen(table[i].name) == name.len;
		if (table[i].new && !whole)
			continue;
		str_addf(&matches, "%s%s", count ? ", " : "", table[i].name);
		found = &table[i];
		count++;
		if (whole) {
			count = 1;
			break;
		}
	}
	char *text = mem_dup(name.ptr, name.len);
	if (!count)
		fail(err, "Unknown option: ", text, "");
	else if (count > 1)
		fail_ambiguous(err, text, str_cstr(&matches));
	free(text);
	str_release(&matches);
	return count == 1 ? found : NULL;
}

/* A number of at least 0 that text starts with; *end is what follows. One that is too great becomes the greatest. */
static bool take_number(const char *text, long *number, const char **end)
{
	if (!isdigit((unsigned char)text[0]) && !(text[0] == '+' && isdigit((unsigned char)text[1])))
		return false;
	char *after;
	*number = strtol(text, &after, 10);
	*end = after;
	return true;
}

/* The rest of argv, and what is left of the word under way. */
struct cursor {
	char **argv;
	int argc;
	int next;
};

static int set_number(struct options *options, const struct option *option, long number)
{
	memcpy((char *)options + option->target, &number, sizeof number);
	return 0;
}

/* Applies an option. given: the text that stands in the same word (NULL: none); *used tells how much of it was taken. */
static int apply(struct options *options, const struct option *option, const char *spelling, const char *given,
		 struct cursor *cursor, size_t *used, struct err *err)
{
	const char *value = given, *end;
	long number = 0;
	*used = given ? strlen(given) : 0;
	switch (option->kind) {
	case FLAG:
		*used = 0;
		*((bool *)((char *)options + option->target)) = true;
		return 0;
	case IGNORED:
		*used = 0;
		return 0;
	case OPTIONAL:
		if (given) {
			bool is_number = take_number(given, &number, &end);
			*used = is_number ? (size_t)(end - given) : 0;
			return set_number(options, option, number);
		}
		if (cursor->next < cursor->argc && take_number(cursor->argv[cursor->next], &number, &end) && !*end)
			cursor->next++;
		else
			number = 0;
		return set_number(options, option, number);
	case TEXT:
	case NUMBER:
		break;
	}
	if (!value && cursor->next >= cursor->argc)
		return fail(err, "Option ", spelling, " requires an argument");
	if (!value)
		value = cursor->argv[cursor->next++];
	if (option->kind == TEXT) {
		memcpy((char *)options + option->target, &value, sizeof value);
		return 0;
	}
	if (!take_number(value, &number, &end) || *end)
		return fail_number(err, value, spelling);
	return set_number(options, option, number);
}

static int parse_long(struct options *options, const char *word, struct cursor *cursor, struct err *err)
{
	const char *equals = word[0] == '=' ? NULL : strchr(word, '=');
	struct slice name = slice_make(word, equals ? (size_t)(equals - word) : strlen(word));
	const struct option *option = by_name(name, err);
	size_t used;
	if (!option)
		return -1;
	const char *given = equals ? equals + 1 : NULL;
	/* A letter is named as it was typed. */
	const char letter[2] = {name.ptr[0], '\0'}, *spelling = name.len == 1 ? letter : option->name;
	if (given && !*given && option->kind == TEXT)
		return fail(err, "Option ", spelling, " requires an argument");
	if (given && (option->kind == FLAG || option->kind == IGNORED))
		return fail(err, "Option ", spelling, " does not take an argument");
	if (apply(options, option, option->name, given, cursor, &used, err))
		return -1;
	if (given && used != strlen(given))
		return fail_number(err, given, option->name);
	return 0;
}

static int parse_letters(struct options *options, const char *letters, struct cursor *cursor, struct err *err)
{
	int failed = 0;
	while (*letters) {
		const char spelling[2] = {*letters, '\0'};
		const struct option *option = by_letter(*letters++);
		size_t used;
		if (!option) {
			failed = fail(err, "Unknown option: ", spelling, "");
			continue;
		}
		const char *given = *letters ? letters : NULL;
		if (apply(options, option, spelling, given, cursor, &used, err))
			failed = -1;
		letters += used;
	}
	return failed;
}

int options_parse(struct options *options, int argc, char **argv, struct err *err)
{
	struct cursor cursor = {.argv = argv, .argc = argc, .next = 1};
	int failed = 0;
	while (cursor.next < argc) {
		const char *word = argv[cursor.next];
		if (word[0] != '-' || !word[1])
			break;
		cursor.next++;
		if (strcmp(word, "--") == 0)
			break;
		if (word[1] == '-' ? parse_long(options, word + 2, &cursor, err) : parse_letters(options, word + 1, &cursor, err))
			failed = -1;
	}
	for (int i = 1; i < cursor.next; i++) {
		str_addf(&options->switches, "%s ", argv[i]);
		quote_shell_if_needed(&options->quoted, slice_of(argv[i]));
		str_addc(&options->quoted, ' ');
	}
	options->words = argv + cursor.next;
	options->word_count = argc - cursor.next;
	if (!options->word_count && !options->help && !options->version)
		failed = -1;
	return failed ? fail(err, usage, "", "") : 0;
}

void options_release(struct options *options)
{
	str_release(&options->switches);
	str_release(&options->quoted);
}

bool options_wants_argument(const char *option)
{
	struct err err = ERR_INIT;
	const struct option *found = NULL;
	if (option[0] == '-' && option[1] == '-')
		found = by_name(slice_of(option + 2), &err);
	else if (option[0] == '-' && option[1] && !option[2])
		found = by_letter(option[1]);
	err_release(&err);
	return found && (found->kind == TEXT || found->kind == NUMBER);
}

void options_list(struct str *out)
{
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (table[i].letter)
			str_addf(out, "-%c\t%s\n", table[i].letter, table[i].description);
		str_addf(out, "--%s\t%s\n", table[i].name, table[i].description);
	}
}

void options_help(struct str *out)
{
	str_adds(out, "Usage: mr [options] action [params ...]\n\nRuns an action on every repository of your .mrconfig at or below "
		      "the current directory.\n\nOptions:\n");
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		char letter[5] = "    ";
		if (table[i].letter)
			letter[0] = '-', letter[1] = table[i].letter, letter[2] = ',';
		char *name = mem_format("--%s %s", table[i].name, table[i].argument ? table[i].argument : "");
		str_addf(out, "  %s%-22s%s\n", letter, name, table[i].description);
		free(name);
	}
	str_adds(out, "\nThe manual page has the rest: mr help.\n");
}
