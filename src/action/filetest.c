/* See filetest.h. A recursive-descent parser that gives each subexpression its value, as far as it is known, and its shell text. */
#include "action/filetest.h"

#include "base/path.h"
#include "base/quote.h"

#include <stdlib.h>
#include <string.h>

enum { NESTING_LIMIT = 100 };

struct parser {
	struct slice rest;
	const char *repo;
	bool foreign; /* something was not understood: all that follows is void */
	int nesting;
};

/* A value and its text; three-valued, since a command is not run here. */
struct term {
	enum filetest value;
	struct str shell;
};

static struct term parse_or(struct parser *parser);

static void skip_blanks(struct parser *parser)
{
	while (parser->rest.len && byte_is_blank(parser->rest.ptr[0]))
		parser->rest = slice_make(parser->rest.ptr + 1, parser->rest.len - 1);
}

/* Takes a token; one that ends in a letter must not go on with another. */
static bool take(struct parser *parser, const char *token)
{
	skip_blanks(parser);
	size_t len = strlen(token);
	if (!slice_starts(parser->rest, token))
		return false;
	if (byte_is_word(token[len - 1]) && parser->rest.len > len && byte_is_word(parser->rest.ptr[len]))
		return false;
	parser->rest = slice_make(parser->rest.ptr + len, parser->rest.len - len);
	return true;
}

static int take_byte(struct parser *parser)
{
	if (!parser->rest.len) {
		parser->foreign = true;
		return -1;
	}
	int byte = (unsigned char)parser->rest.ptr[0];
	parser->rest = slice_make(parser->rest.ptr + 1, parser->rest.len - 1);
	return byte;
}

/* $ENV{NAME}, the dollar being next. */
static bool take_variable(struct parser *parser, struct str *name)
{
	static const char start[] = "$ENV{";
	if (!slice_starts(parser->rest, start))
		return false;
	parser->rest = slice_make(parser->rest.ptr + sizeof start - 1, parser->rest.len - sizeof start + 1);
	str_clear(name);
	while (parser->rest.len && byte_is_word(parser->rest.ptr[0]))
		str_addc(name, (char)take_byte(parser));
	return name->len && take(parser, "}");
}

static const char *variable_value(const struct parser *parser, const char *name)
{
	const char *value = strcmp(name, "MR_REPO") == 0 ? parser->repo : getenv(name);
	return value ? value : "";
}

/* What stands up to the closing mark, variables replaced. In a command they stay variables, braced, for the shell. */
static void take_quoted(struct parser *parser, char mark, bool is_command, struct str *out)
{
	struct str name = STR_INIT;
	while (!parser->foreign) {
		if (mark != '\'' && take_variable(parser, &name)) {
			if (is_command)
				str_addf(out, "${%s}", name.data);
			else
				str_adds(out, variable_value(parser, name.data));
			continue;
		}
		int byte = take_byte(parser);
		if (byte == mark)
			break;
		if (byte == '\\' || byte == '\0' || (mark != '\'' && (byte == '$' || byte == '@')))
			parser->foreign = true;
		else if (byte >= 0)
			str_addc(out, (char)byte);
	}
	str_release(&name);
}

static void take_string(struct parser *parser, struct str *out)
{
	struct str name = STR_INIT;
	do {
		skip_blanks(parser);
		if (take_variable(parser, &name))
			str_adds(out, variable_value(parser, name.data));
		else if (take(parser, "\""))
			take_quoted(parser, '"', false, out);
		else if (take(parser, "'"))
			take_quoted(parser, '\'', false, out);
		else
			parser->foreign = true;
	} while (!parser->foreign && take(parser, "."));
	str_release(&name);
}

static struct term parse_file_test(struct parser *parser, char kind)
{
	struct str path = STR_INIT;
	take_string(parser, &path);
	const char *name = str_cstr(&path);
	bool holds = kind == 'd' ? path_is_dir(name) : kind == 'f' ? path_is_file(name) : path_exists(name);
	struct term term = {.value = holds ? FILETEST_TRUE : FILETEST_FALSE, .shell = STR_INIT};
	str_adds(&term.shell, holds ? "true" : "false");
	str_release(&path);
	return term;
}

/* `command` =~ /word/, eq "" or ne "". */
static struct term parse_command(struct parser *parser)
{
	struct term term = {.value = FILETEST_SHELL, .shell = STR_INIT};
	struct str command = STR_INIT, word = STR_INIT;
	take_quoted(parser, '`', true, &command);
	if (take(parser, "=~") && take(parser, "/")) {
		take_quoted(parser, '/', false, &word);
		for (size_t i = 0; i < word.len; i++)
			parser->foreign |= !byte_is_word(word.data[i]);
		str_addf(&term.shell, "case \"$(%s)\" in *%s*) true ;; *) false ;; esac", str_cstr(&command), str_cstr(&word));
	} else if (take(parser, "eq")) {
		take_string(parser, &word);
		str_addf(&term.shell, "[ \"$(%s)\" = ", str_cstr(&command));
		quote_shell(&term.shell, str_slice(&word));
		str_adds(&term.shell, " ]");
	} else if (take(parser, "ne")) {
		take_string(parser, &word);
		str_addf(&term.shell, "[ \"$(%s)\" != ", str_cstr(&command));
		quote_shell(&term.shell, str_slice(&word));
		str_adds(&term.shell, " ]");
	} else {
		parser->foreign = true;
	}
	str_release(&command);
	str_release(&word);
	return term;
}

static struct term parse_primary(struct parser *parser)
{
	struct term term = {.value = FILETEST_FOREIGN, .shell = STR_INIT};
	if (parser->foreign || ++parser->nesting > NESTING_LIMIT) {
		parser->foreign = true;
		return term;
	}
	if (take(parser, "!") || take(parser, "not")) {
		term = parse_primary(parser);
		struct str inner = term.shell;
		term.shell = (struct str)STR_INIT;
		str_addf(&term.shell, "! { %s; }", str_cstr(&inner));
		str_release(&inner);
		if (term.value == FILETEST_TRUE || term.value == FILETEST_FALSE)
			term.value = term.value == FILETEST_TRUE ? FILETEST_FALSE : FILETEST_TRUE;
	} else if (take(parser, "(")) {
		term = parse_or(parser);
		parser->foreign |= !take(parser, ")");
	} else if (take(parser, "-d") || take(parser, "-e") || take(parser, "-f")) {
		term = parse_file_test(parser, parser->rest.ptr[-1]);
	} else if (take(parser, "`")) {
		term = parse_command(parser);
	} else if (take(parser, "1") || take(parser, "0")) {
		term.value = parser->rest.ptr[-1] == '1' ? FILETEST_TRUE : FILETEST_FALSE;
		str_adds(&term.shell, term.value == FILETEST_TRUE ? "true" : "false");
	} else {
		parser->foreign = true;
	}
	parser->nesting--;
	return term;
}

/* Joins two terms; `decisive` is the value of one side that settles the whole. */
static void join(struct term *left, struct term *right, const char *operator, enum filetest decisive)
{
	struct str joined = STR_INIT;
	str_addf(&joined, "{ { %s; } %s { %s; }; }", str_cstr(&left->shell), operator, str_cstr(&right->shell));
	if (left->value == decisive || right->value == decisive)
		left->value = decisive;
	else if (left->value != FILETEST_SHELL)
		left->value = right->value;
	str_release(&left->shell);
	str_release(&right->shell);
	left->shell = joined;
}

static struct term parse_and(struct parser *parser)
{
	struct term left = parse_primary(parser);
	while (!parser->foreign && (take(parser, "&&") || take(parser, "and"))) {
		struct term right = parse_primary(parser);
		join(&left, &right, "&&", FILETEST_FALSE);
	}
	return left;
}

static struct term parse_or(struct parser *parser)
{
	struct term left = parse_and(parser);
	while (!parser->foreign && (take(parser, "||") || take(parser, "or"))) {
		struct term right = parse_and(parser);
		join(&left, &right, "||", FILETEST_TRUE);
	}
	return left;
}

bool filetest_is_perl(struct slice value, struct slice *expression)
{
	static const char prefix[] = "perl:";
	size_t len = sizeof prefix - 1;
	if (!slice_starts(value, prefix) || value.len == len || !byte_is_blank(value.ptr[len]))
		return false;
	*expression = slice_trim(slice_make(value.ptr + len, value.len - len));
	return true;
}

enum filetest filetest_evaluate(struct slice expression, const char *repo, struct str *shell)
{
	struct parser parser = {.rest = expression, .repo = repo};
	struct term term = parse_or(&parser);
	take(&parser, ";");
	skip_blanks(&parser);
	enum filetest value = parser.foreign || parser.rest.len ? FILETEST_FOREIGN : term.value;
	if (value == FILETEST_SHELL)
		str_add_slice(shell, str_slice(&term.shell));
	str_release(&term.shell);
	return value;
}
