/* See network_command.h. */
#include "action/network_command.h"

#include "action/shell_syntax.h"

#include <stdlib.h>
#include <string.h>

/* A word as it is without one pair of quotes; "" for one that the shell would change. */
static char *literal(struct slice word)
{
	char quote = word.len > 1 ? word.ptr[0] : '\0';
	if ((quote == '\'' || quote == '"') && word.ptr[word.len - 1] == quote)
		word = slice_make(word.ptr + 1, word.len - 2);
	else
		quote = '\0';
	for (size_t i = 0; i < word.len; i++)
		if (strchr(quote == '\'' ? "'" : quote ? "\"\\$`" : "\"'\\$`*?[~#", word.ptr[i]))
			return mem_strdup("");
	return mem_dup(word.ptr, word.len);
}

/* The words of a simple command, up to what ends it or to the first redirection; false when there is none. */
static bool read_words(struct shell_syntax *syntax, const struct args *params, struct args *words)
{
	for (;;) {
		shell_skip(syntax, words->len == 0);
		struct slice word = shell_word(syntax);
		bool redirects = syntax->rest.len && strchr("<>", syntax->rest.ptr[0]);
		if (syntax->doubt || !word.len || redirects)
			break;
		if (slice_is(word, "\"$@\"") || slice_is(word, "$@"))
			for (size_t i = 0; params && i < params->len; i++)
				args_push(words, params->list[i]);
		else
			args_take(words, literal(word));
	}
	return words->len && !syntax->doubt;
}

static bool is_one_of(const char *word, const char *words)
{
	struct slice rest = slice_of(words), each;
	while (slice_word(&rest, &each))
		if (slice_is(each, word))
			return true;
	return false;
}

/* The first word from there that is no option. A value of an option is taken for it, too: no remote is called like that. */
static const char *first_plain(const struct args *words, size_t at)
{
	while (at < words->len && words->list[at][0] == '-')
		at++;
	return at < words->len ? words->list[at] : NULL;
}

static const char *first_url(const struct args *words, size_t at)
{
	for (; at < words->len; at++)
		if (words->list[at][0] != '-' && strchr(words->list[at], ':'))
			return words->list[at];
	return NULL;
}

/* *goes_on: a command may follow that matters. */
static enum offer_operation judge_git(const struct args *words, char **target, bool *goes_on)
{
	enum offer_operation operation = OFFER_NOTHING;
	size_t at = 1;
	while (at < words->len && (is_one_of(words->list[at], "--no-pager") || is_one_of(words->list[at], "-c")))
		at += is_one_of(words->list[at], "-c") ? 2 : 1;
	if (at >= words->len || words->list[at][0] == '-')
		return OFFER_NOTHING;
	const char *verb = words->list[at++], *named;
	if (!strcmp(verb, "remote") && at < words->len && !strcmp(words->list[at], "update"))
		return OFFER_CONNECT_FETCH;
	if (is_one_of(verb, "pull fetch"))
		operation = OFFER_CONNECT_FETCH;
	else if (!strcmp(verb, "push"))
		operation = OFFER_CONNECT_PUSH;
	else if (!strcmp(verb, "clone"))
		operation = OFFER_CONNECT_CLONE;
	*goes_on = operation == OFFER_NOTHING && strcmp(verb, "commit") != 0;
	if (operation == OFFER_NOTHING)
		return operation;
	named = operation == OFFER_CONNECT_CLONE ? first_url(words, at) : first_plain(words, at);
	if ((named && !*named) || (!named && operation == OFFER_CONNECT_CLONE))
		return OFFER_NOTHING;
	*target = named ? mem_strdup(named) : NULL;
	return operation;
}

enum offer_operation network_command(struct slice text, const struct args *params, char **target)
{
	struct shell_syntax syntax = {text, false, 0};
	enum offer_operation operation = OFFER_NOTHING;
	bool goes_on = !slice_has_nul(text);
	*target = NULL;
	while (goes_on) {
		struct args words = ARGS_INIT;
		goes_on = false;
		if (read_words(&syntax, params, &words)) {
			if (!strcmp(words.list[0], "git"))
				operation = judge_git(&words, target, &goes_on);
			else
				goes_on = is_one_of(words.list[0], "echo info printf set true :");
		}
		args_release(&words);
		goes_on = goes_on && (shell_take(&syntax, "&&") || shell_take(&syntax, ";") || shell_take(&syntax, "\n"));
	}
	return operation;
}
