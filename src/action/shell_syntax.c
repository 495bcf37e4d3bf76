/* See shell_syntax.h. A recursive-descent parser of the POSIX grammar without here-documents. Refused is what bash or others read in
 * another way than dash: arrays, process substitutions, (( )), $'', words that only they reserve. */
#include "action/shell_syntax.h"

#include <string.h>

enum { DEPTH_LIMIT = 100 };

static void skip_list(struct shell_syntax *syntax);

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
		if (strchr("'\"\\`#\n", c ? c : '#'))
			break;
		open += (c == '(') - (c == ')');
		if (!open) {
			advance(syntax, 1);
			return;
		}
	}
	syntax->doubt = true;
}

/* ${...}, the brace being taken. */
static void skip_parameter(struct shell_syntax *syntax)
{
	for (int c; !syntax->doubt && (c = peek(syntax, 0)) != '}';) {
		if (shell_take(syntax, "${"))
			skip_parameter(syntax);
		else if (c < 0 || strchr("'\"\\`{\n", c ? c : '{') || (c == '$' && peek(syntax, 1) == '('))
			syntax->doubt = true;
		else
			advance(syntax, 1);
	}
	advance(syntax, 1);
}

/* Something that begins with a dollar or a backquote. */
static void skip_expansion(struct shell_syntax *syntax)
{
	if (shell_take(syntax, "`")) {
		skip_to(syntax, '`', "'\"\\");
	} else if (slice_starts(syntax->rest, "$((")) {
		advance(syntax, 1);
		skip_arithmetic(syntax);
	} else if (shell_take(syntax, "$(")) {
		skip_list(syntax);
		syntax->doubt |= !shell_take(syntax, ")");
	} else if (shell_take(syntax, "${")) {
		skip_parameter(syntax);
	} else {
		advance(syntax, 1);
		syntax->doubt |= peek(syntax, 0) == '\'';
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

/* The word at the front, without taking it. */
static struct slice next_word(const struct shell_syntax *syntax)
{
	struct shell_syntax copy = *syntax;
	return shell_word(&copy);
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
	syntax->doubt |= !shell_word(syntax).len;
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
		skip_list(syntax);
		expect(syntax, "then");
		skip_list(syntax);
		shell_skip(syntax, true);
	} while (!syntax->doubt && shell_take(syntax, "elif"));
	if (slice_is(next_word(syntax), "else")) {
		shell_word(syntax);
		skip_list(syntax);
	}
	expect(syntax, "fi");
}

static void skip_loop(struct shell_syntax *syntax)
{
	skip_list(syntax);
	expect(syntax, "do");
	skip_list(syntax);
	expect(syntax, "done");
}

static void skip_for(struct shell_syntax *syntax)
{
	shell_skip(syntax, false);
	syntax->doubt |= !shell_word(syntax).len;
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
	skip_list(syntax);
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
	while (!syntax->doubt && (peek(syntax, 0) == '<' || peek(syntax, 0) == '>' ||
				  (peek(syntax, 0) >= '0' && peek(syntax, 0) <= '9'))) {
		if (peek(syntax, 0) >= '0' && peek(syntax, 0) <= '9')
			advance(syntax, 1);
		else
			skip_redirection(syntax);
		shell_skip(syntax, false);
	}
}

static bool skip_compound(struct shell_syntax *syntax, struct slice word)
{
	if (slice_is(word, "{")) {
		skip_list(syntax);
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

static void skip_command(struct shell_syntax *syntax)
{
	while (slice_is(next_word(syntax), "!")) {
		shell_word(syntax);
		shell_skip(syntax, false);
	}
	if (slice_starts(syntax->rest, "((")) {
		syntax->doubt = true;
	} else if (shell_take(syntax, "(")) {
		skip_list(syntax);
		syntax->doubt |= !shell_take(syntax, ")");
		skip_redirections(syntax);
	} else {
		struct slice word = next_word(syntax);
		int c = peek(syntax, 0);
		if (is_one_of(word, "function select coproc time [[ alias unalias") || (!word.len && c != '<' && c != '>')) {
			syntax->doubt = true;
			return;
		}
		if (is_one_of(word, "{ if while until for case")) {
			shell_word(syntax);
			skip_compound(syntax, word);
			return;
		}
		skip_simple(syntax);
		if (shell_take(syntax, "(")) { /* a function within */
			shell_skip(syntax, false);
			syntax->doubt |= !shell_take(syntax, ")");
			shell_skip_body(syntax);
		}
	}
}

/* Commands up to something that ends them: a closing word or bracket, which is not taken. */
static void skip_list(struct shell_syntax *syntax)
{
	if (++syntax->depth > DEPTH_LIMIT)
		syntax->doubt = true;
	while (!syntax->doubt) {
		shell_skip(syntax, true);
		int c = peek(syntax, 0);
		if (c < 0 || c == ')' || slice_starts(syntax->rest, ";;") ||
		    is_one_of(next_word(syntax), "} then elif else fi do done esac"))
			break;
		skip_command(syntax);
		shell_skip(syntax, false);
		if (slice_starts(syntax->rest, ";;") || peek(syntax, 0) == ')')
			continue;
		bool goes_on = shell_take(syntax, "&&") || shell_take(syntax, "||") || shell_take(syntax, "|");
		if (goes_on)
			shell_skip(syntax, true);
		else if (!shell_take(syntax, ";") && !shell_take(syntax, "&") && !shell_take(syntax, "\n"))
			break;
	}
	syntax->depth--;
}

void shell_skip_body(struct shell_syntax *syntax)
{
	shell_skip(syntax, true);
	if (slice_is(next_word(syntax), "{"))
		skip_compound(syntax, shell_word(syntax));
	else
		syntax->doubt = true;
}
