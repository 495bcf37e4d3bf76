/* See shell_syntax.h. A recursive-descent parser of the POSIX grammar without here-documents. Refused is what bash or others read in
 * another way than dash: arrays, process substitutions, (( )), $'', words that only they reserve. */
#include "action/shell_syntax.h"

#include <string.h>

enum { DEPTH_LIMIT = 100 };

static bool skip_list(struct shell_syntax *syntax);
static void skip_commands(struct shell_syntax *syntax);

static int peek(const struct shell_syntax *syntax, size_t at)
{
	return at < syntax->rest.len ? (unsigned char)syntax->rest.ptr[at] : -1;
}

static void advance(struct shell_syntax *syntax, size_t len)
{
	if (len > syntax->rest.len) {
		syntax->doubt = true;
		len = syntax->rest.len;
	}
	syntax->rest = slice_make(syntax->rest.ptr + len, syntax->rest.len - len);
}

bool shell_take(struct shell_syntax *syntax, const char *text)
{
	if (!slice_starts(syntax->rest, text))
		return false;
	advance(syntax, strlen(text));
	return true;
}

void shell_skip(struct shell_syntax *syntax, bool lines)
{
	for (;;) {
		int c = peek(syntax, 0);
		if (c == ' ' || c == '\t' || (lines && c == '\n'))
			advance(syntax, 1);
		else if (c == '\\' && peek(syntax, 1) == '\n')
			advance(syntax, 2);
		else if (c == '#')
			while (peek(syntax, 0) >= 0 && peek(syntax, 0) != '\n')
				advance(syntax, 1);
		else
			return;
	}
}

/* Up to and with the mark, in which none of the refused bytes may stand. */
static void skip_to(struct shell_syntax *syntax, int mark, const char *refused)
{
	for (int c; (c = peek(syntax, 0)) != mark; advance(syntax, 1)) {
		if (c < 0 || strchr(refused, c ? c : *refused)) {
			syntax->doubt = true;
			return;
		}
	}
	advance(syntax, 1);
}

static void skip_arithmetic(struct shell_syntax *syntax)
{
	int open = 0;
	for (int c; (c = peek(syntax, 0)) >= 0; advance(syntax, 1)) {
		if (strchr("'\"\\`#\n{", c ? c : '#') || (c == '$' && peek(syntax, 1) == '('))
			break;
		open += (c == '(') - (c == ')');
		if (open == 1 && c == ')') { /* both at once, or shells differ */
			advance(syntax, 1);
			syntax->doubt |= !shell_take(syntax, ")");
			return;
		}
	}
	syntax->doubt = true;
}

/* NAME, or one of the special parameters. */
static void skip_parameter_name(struct shell_syntax *syntax)
{
	int c = peek(syntax, 0);
	if (c >= 0 && strchr("@*#?$!-", c ? c : 'a')) {
		advance(syntax, 1);
	} else {
		syntax->doubt |= !byte_is_word((char)c);
		while (peek(syntax, 0) >= 0 && byte_is_word((char)peek(syntax, 0)))
			advance(syntax, 1);
	}
}

/* ${...}, the brace being taken. A colon without an operator makes dash read on. */
static void skip_parameter(struct shell_syntax *syntax)
{
	if (peek(syntax, 0) == '#' && peek(syntax, 1) != '}')
		advance(syntax, 1);
	skip_parameter_name(syntax);
	shell_take(syntax, ":");
	syntax->doubt |= peek(syntax, 0) < 0 || !strchr(syntax->rest.ptr[-1] == ':' ? "-=?+" : "}-=?+%#", peek(syntax, 0));
	if (++syntax->depth > DEPTH_LIMIT)
		syntax->doubt = true;
	for (int c; !syntax->doubt && (c = peek(syntax, 0)) != '}';) {
		if (shell_take(syntax, "${"))
			skip_parameter(syntax);
		else if (c < 0 || strchr("'\"\\`{\n", c ? c : '{') || (strchr("$<>", c) && peek(syntax, 1) == '('))
			syntax->doubt = true;
		else
			advance(syntax, 1);
	}
	advance(syntax, 1);
	syntax->depth--;
}

/* `...`, the mark being taken. It holds commands, which the shell reads at once. */
static void skip_backquoted(struct shell_syntax *syntax)
{
	const char *start = syntax->rest.ptr;
	skip_to(syntax, '`', "'\"\\#");
	if (syntax->doubt)
		return;
	struct shell_syntax within = {slice_make(start, (size_t)(syntax->rest.ptr - start) - 1), false, syntax->depth};
	skip_list(&within);
	syntax->doubt |= within.doubt || within.rest.len;
}

/* Something that begins with a dollar or a backquote. */
static void skip_expansion(struct shell_syntax *syntax)
{
	if (shell_take(syntax, "`")) {
		skip_backquoted(syntax);
	} else if (slice_starts(syntax->rest, "$((")) {
		advance(syntax, 1);
		skip_arithmetic(syntax);
	} else if (shell_take(syntax, "$(")) {
		skip_list(syntax);
		syntax->doubt |= !shell_take(syntax, ")");
	} else if (shell_take(syntax, "${")) {
		skip_parameter(syntax);
	} else if (peek(syntax, 1) == '$') {
		advance(syntax, 2); /* the second is no other expansion's beginning */
	} else {
		advance(syntax, 1);
		/* $'...' and $[...] are not everywhere; what a continued line goes on with may be a bracket. */
		syntax->doubt |= peek(syntax, 0) >= 0 && strchr("'[\\", peek(syntax, 0));
	}
}

static void skip_quoted(struct shell_syntax *syntax)
{
	for (int c; !syntax->doubt && (c = peek(syntax, 0)) != '"';) {
		if (c == '$' && peek(syntax, 1) == '"')
			advance(syntax, 1);
		else if (c == '$' && peek(syntax, 1) == '\'')
			advance(syntax, 2);
		else if (c == '$' || c == '`')
			skip_expansion(syntax);
		else
			advance(syntax, c == '\\' ? 2 : 1);
	}
	advance(syntax, 1);
}

struct slice shell_word(struct shell_syntax *syntax)
{
	const char *start = syntax->rest.ptr;
	for (int c; !syntax->doubt && (c = peek(syntax, 0)) >= 0 && !strchr(" \t\n;&|<>()", c ? c : ' ');) {
		if (shell_take(syntax, "'")) {
			skip_to(syntax, '\'', "\1");
		} else if (shell_take(syntax, "\"")) {
			skip_quoted(syntax);
		} else if (c == '$' || c == '`') {
			skip_expansion(syntax);
		} else {
			/* A continued line within a word makes another word of it. */
			syntax->doubt |= c == '\\' && peek(syntax, 1) == '\n';
			advance(syntax, c == '\\' ? 2 : 1);
		}
	}
	return slice_make(start, (size_t)(syntax->rest.ptr - start));
}

static bool is_one_of(struct slice word, const char *words)
{
	struct slice rest = slice_of(words), each;
	while (slice_word(&rest, &each))
		if (slice_equal(word, each))
			return true;
	return false;
}

static bool is_name(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!byte_is_word(text.ptr[i]) || (!i && text.ptr[i] >= '0' && text.ptr[i] <= '9'))
			return false;
	return text.len > 0;
}

/* The word at the front, without taking it: as far as it can be a reserved word or a name. */
static struct slice next_word(const struct shell_syntax *syntax)
{
	size_t len = 0;
	while (len < syntax->rest.len && !strchr(" \t\n;&|<>()", syntax->rest.ptr[len]))
		len++;
	return slice_make(syntax->rest.ptr, len);
}

static void expect(struct shell_syntax *syntax, const char *word)
{
	shell_skip(syntax, true);
	syntax->doubt |= !slice_is(shell_word(syntax), word);
}

static void skip_redirection(struct shell_syntax *syntax)
{
	static const char *const operators[] = {">>", ">&", ">|", ">", "<&", "<>", "<"};
	if (slice_starts(syntax->rest, "<<")) {
		syntax->doubt = true;
		return;
	}
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (shell_take(syntax, operators[i]))
			break;
	shell_skip(syntax, false);
	struct slice word = shell_word(syntax);
	/* A number before another operator is that one's. */
	syntax->doubt |= !word.len || (peek(syntax, 0) >= 0 && strchr("<>", peek(syntax, 0)));
}

static void skip_case(struct shell_syntax *syntax)
{
	shell_skip(syntax, false);
	syntax->doubt |= !shell_word(syntax).len;
	expect(syntax, "in");
	for (;;) {
		shell_skip(syntax, true);
		if (syntax->doubt || slice_is(next_word(syntax), "esac"))
			break;
		shell_take(syntax, "(");
		do {
			shell_skip(syntax, false);
			syntax->doubt |= !shell_word(syntax).len;
			shell_skip(syntax, false);
		} while (!syntax->doubt && shell_take(syntax, "|"));
		syntax->doubt |= !shell_take(syntax, ")");
		skip_list(syntax);
		shell_skip(syntax, true);
		if (!shell_take(syntax, ";;"))
			break;
	}
	expect(syntax, "esac");
}

static void skip_if(struct shell_syntax *syntax)
{
	do {
		skip_commands(syntax);
		expect(syntax, "then");
		skip_commands(syntax);
		shell_skip(syntax, true);
	} while (!syntax->doubt && shell_take(syntax, "elif"));
	if (slice_is(next_word(syntax), "else")) {
		shell_word(syntax);
		skip_commands(syntax);
	}
	expect(syntax, "fi");
}

static void skip_loop(struct shell_syntax *syntax)
{
	skip_commands(syntax);
	expect(syntax, "do");
	skip_commands(syntax);
	expect(syntax, "done");
}

static void skip_for(struct shell_syntax *syntax)
{
	shell_skip(syntax, false);
	syntax->doubt |= !is_name(shell_word(syntax));
	shell_skip(syntax, true);
	if (slice_is(next_word(syntax), "in")) {
		do {
			shell_word(syntax);
			shell_skip(syntax, false);
		} while (!syntax->doubt && next_word(syntax).len);
	}
	shell_skip(syntax, false);
	shell_take(syntax, ";");
	expect(syntax, "do");
	skip_commands(syntax);
	expect(syntax, "done");
}

static void skip_simple(struct shell_syntax *syntax)
{
	while (!syntax->doubt) {
		int c = peek(syntax, 0);
		if (c == '<' || c == '>')
			skip_redirection(syntax);
		else if (!shell_word(syntax).len)
			break;
		shell_skip(syntax, false);
	}
}

/* Redirections behind a compound command. */
static void skip_redirections(struct shell_syntax *syntax)
{
	shell_skip(syntax, false);
	bool any = false;
	for (int c; !syntax->doubt && (c = peek(syntax, 0)) >= 0; any = true) {
		int after = c >= '0' && c <= '9' ? peek(syntax, 1) : c;
		if (after != '<' && after != '>')
			break;
		advance(syntax, c != after);
		skip_redirection(syntax);
		shell_skip(syntax, false);
	}
	/* Behind one a closing word is none. */
	syntax->doubt |= any && syntax->rest.len && !strchr(";&|)\n", syntax->rest.ptr[0]);
}

static bool skip_compound(struct shell_syntax *syntax, struct slice word)
{
	if (slice_is(word, "{")) {
		skip_commands(syntax);
		expect(syntax, "}");
	} else if (slice_is(word, "if")) {
		skip_if(syntax);
	} else if (is_one_of(word, "while until")) {
		skip_loop(syntax);
	} else if (slice_is(word, "for")) {
		skip_for(syntax);
	} else if (slice_is(word, "case")) {
		skip_case(syntax);
	} else {
		return false;
	}
	skip_redirections(syntax);
	return true;
}

/* NAME and a bracket: the beginning of a function's definition. Else nothing is taken. */
static bool take_function(struct shell_syntax *syntax)
{
	static const char special[] = "break continue eval exec exit export readonly return set shift times trap unset";
	struct shell_syntax copy = *syntax;
	if (!is_name(next_word(&copy)))
		return false;
	struct slice name = shell_word(&copy);
	shell_skip(&copy, false);
	if (!shell_take(&copy, "("))
		return false;
	*syntax = copy;
	syntax->doubt |= is_one_of(name, special); /* no function can be called like that */
	return true;
}

static void skip_command(struct shell_syntax *syntax)
{
	static const char refused[] = "! } then elif else fi do done esac in function select coproc time [[ ]] alias unalias";
	if (slice_starts(syntax->rest, "((")) {
		syntax->doubt = true;
	} else if (shell_take(syntax, "(")) {
		skip_commands(syntax);
		syntax->doubt |= !shell_take(syntax, ")");
		skip_redirections(syntax);
	} else {
		struct slice word = next_word(syntax);
		int c = peek(syntax, 0);
		if (is_one_of(word, refused) || (!word.len && c != '<' && c != '>')) {
			syntax->doubt = true;
			return;
		}
		if (is_one_of(word, "{ if while until for case")) {
			shell_word(syntax);
			skip_compound(syntax, word);
			return;
		}
		if (take_function(syntax)) {
			shell_skip(syntax, false);
			syntax->doubt |= !shell_take(syntax, ")");
			shell_skip_body(syntax);
		} else {
			skip_simple(syntax);
		}
	}
}

/* Commands up to something that ends them: a closing word or bracket, which is not taken. false when there are none. */
static bool skip_list(struct shell_syntax *syntax)
{
	bool any = false, goes_on = false, piped = false;
	if (++syntax->depth > DEPTH_LIMIT)
		syntax->doubt = true;
	while (!syntax->doubt) {
		shell_skip(syntax, true);
		int c = peek(syntax, 0);
		if (c < 0 || c == ')' || slice_starts(syntax->rest, ";;") ||
		    is_one_of(next_word(syntax), "} then elif else fi do done esac"))
			break;
		if (!piped && slice_is(next_word(syntax), "!")) {
			shell_word(syntax);
			shell_skip(syntax, false);
		}
		skip_command(syntax);
		any = true;
		goes_on = piped = false;
		shell_skip(syntax, false);
		if (slice_starts(syntax->rest, ";;") || peek(syntax, 0) == ')')
			continue;
		goes_on = shell_take(syntax, "&&") || shell_take(syntax, "||");
		piped = !goes_on && shell_take(syntax, "|");
		if (goes_on || piped)
			shell_skip(syntax, true);
		else if (slice_starts(syntax->rest, "&>"))
			syntax->doubt = true;
		else if (!shell_take(syntax, ";") && !shell_take(syntax, "&") && !shell_take(syntax, "\n"))
			break;
	}
	syntax->doubt |= goes_on || piped; /* nothing follows */
	syntax->depth--;
	return any;
}

/* The same where the shell wants one at least. */
static void skip_commands(struct shell_syntax *syntax)
{
	syntax->doubt |= !skip_list(syntax);
}

void shell_skip_body(struct shell_syntax *syntax)
{
	shell_skip(syntax, true);
	if (slice_is(next_word(syntax), "{"))
		skip_compound(syntax, shell_word(syntax));
	else
		syntax->doubt = true;
}
