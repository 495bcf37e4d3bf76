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
	const struct args *present;
	struct args *needed; /* nothing is there, and these names were asked for; NULL: the system is asked */
	bool elsewhere;	     /* something was asked for that is not in the repository */
	bool foreign; /* something was not understood: all that follows is void */
	bool settled; /* the value of what follows does not matter any more: nothing is looked up for it */
	bool wants_shell; /* the shell text is needed, too */
	int nesting;
};

/* A value and its text; three-valued, since a command is not run here. */
struct term {
	enum filetest value;
	struct str shell;
};

static struct term parse_expression(struct parser *parser);

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

static struct term constant(const struct parser *parser, bool holds)
{
	struct term term = {.value = holds ? FILETEST_TRUE : FILETEST_FALSE, .shell = STR_INIT};
	if (parser->wants_shell)
		str_adds(&term.shell, holds ? "true" : "false");
	return term;
}

/* The first name behind the repository's own path. */
static bool name_below(const struct parser *parser, const char *path, struct slice *name)
{
	size_t len = strlen(parser->repo);
	if (strncmp(path, parser->repo, len) != 0 || path[len] != '/')
		return false;
	path += len + strspn(path + len, "/");
	*name = slice_make(path, strcspn(path, "/"));
	return name->len && !slice_is(*name, ".") && !slice_is(*name, "..");
}

static bool ask_system(char kind, const char *path)
{
	return kind == 'd' ? path_is_dir(path) : kind == 'f' ? path_is_file(path) : path_exists(path);
}

/* Nothing is where the path leads through a name that the repository does not have. */
static bool file_is(const struct parser *parser, char kind, const char *path)
{
	struct slice name;
	if (!parser->present || !name_below(parser, path, &name))
		return ask_system(kind, path);
	for (size_t i = 0; i < parser->present->len; i++) {
		const char *entry = parser->present->list[i];
		if (!slice_is(name, entry + 1))
			continue;
		if (*entry == FILETEST_IS_THERE || name.ptr[name.len])
			return ask_system(kind, path);
		return kind == 'e' || kind == *entry;
	}
	return false;
}

static void note_need(struct parser *parser, const char *path)
{
	struct slice name;
	if (name_below(parser, path, &name))
		args_take(parser->needed, mem_dup(name.ptr, name.len));
	else
		parser->elsewhere = true;
}

static struct term parse_file_test(struct parser *parser, char kind)
{
	struct str path = STR_INIT;
	take_string(parser, &path);
	const char *name = str_cstr(&path);
	bool holds = false;
	if (!parser->settled && parser->needed)
		note_need(parser, name);
	else if (!parser->settled)
		holds = file_is(parser, kind, name);
	struct term term = constant(parser, holds);
	str_release(&path);
	return term;
}

/* Compares all that a command prints, newlines at the end included: the mark behind it keeps the shell from taking them off. */
static void compare_output(struct parser *parser, struct str *shell, const char *command, const char *operator)
{
	struct str text = STR_INIT;
	take_string(parser, &text);
	str_addc(&text, '.');
	str_addf(shell, "[ \"$( (%s\n) || :; echo .)\" %s ", command, operator);
	quote_shell(shell, str_slice(&text));
	str_adds(shell, " ]");
	str_release(&text);
}

/* `command` =~ /word/, eq "text" or ne "text". The command runs without set -e, as perl runs it. */
static struct term parse_command(struct parser *parser)
{
	struct term term = {.value = FILETEST_SHELL, .shell = STR_INIT};
	struct str command = STR_INIT, word = STR_INIT;
	take_quoted(parser, '`', true, &command);
	if (take(parser, "=~") && take(parser, "/")) {
		take_quoted(parser, '/', false, &word);
		for (size_t i = 0; i < word.len; i++)
			parser->foreign |= !byte_is_word(word.data[i]);
		str_addf(&term.shell, "case \"$( (%s\n) || :)\" in *%s*) true ;; *) false ;; esac", str_cstr(&command),
			 str_cstr(&word));
	} else if (take(parser, "eq")) {
		compare_output(parser, &term.shell, str_cstr(&command), "=");
	} else if (take(parser, "ne")) {
		compare_output(parser, &term.shell, str_cstr(&command), "!=");
	} else {
		parser->foreign = true;
	}
	str_release(&command);
	str_release(&word);
	return term;
}

static void negate(struct term *term)
{
	struct str inner = term->shell;
	term->shell = (struct str)STR_INIT;
	str_addf(&term->shell, "! { %s; }", str_cstr(&inner));
	str_release(&inner);
	if (term->value == FILETEST_TRUE || term->value == FILETEST_FALSE)
		term->value = term->value == FILETEST_TRUE ? FILETEST_FALSE : FILETEST_TRUE;
}

static bool may_nest(struct parser *parser)
{
	if (!parser->foreign && ++parser->nesting <= NESTING_LIMIT)
		return true;
	parser->foreign = true;
	return false;
}

static struct term parse_primary(struct parser *parser)
{
	struct term term = {.value = FILETEST_FOREIGN, .shell = STR_INIT};
	if (!may_nest(parser))
		return term;
	if (take(parser, "!")) {
		term = parse_primary(parser);
		negate(&term);
	} else if (take(parser, "(")) {
		term = parse_expression(parser);
		parser->foreign |= !take(parser, ")");
	} else if (take(parser, "-d") || take(parser, "-e") || take(parser, "-f")) {
		term = parse_file_test(parser, parser->rest.ptr[-1]);
	} else if (take(parser, "`")) {
		term = parse_command(parser);
	} else if (take(parser, "1") || take(parser, "0")) {
		term = constant(parser, parser->rest.ptr[-1] == '1');
	} else {
		parser->foreign = true;
	}
	parser->nesting--;
	return term;
}

/* Joins two terms; `decisive` is the value of one side that settles the whole. */
static void join(const struct parser *parser, struct term *left, struct term *right, const char *operator, enum filetest decisive)
{
	struct str joined = STR_INIT;
	if (parser->wants_shell)
		str_addf(&joined, "{ { %s; } %s { %s; }; }", str_cstr(&left->shell), operator, str_cstr(&right->shell));
	if (left->value == decisive || right->value == decisive)
		left->value = decisive;
	else if (left->value != FILETEST_SHELL)
		left->value = right->value;
	str_release(&left->shell);
	str_release(&right->shell);
	left->shell = joined;
}

/* A chain of one operator, written as word (sign is how the shell writes it) between terms of the next level. */
static struct term parse_chain(struct parser *parser, struct term (*next)(struct parser *), const char *word, const char *sign,
			       enum filetest decisive)
{
	struct term left = next(parser);
	while (!parser->foreign && take(parser, word)) {
		bool settled = parser->settled;
		parser->settled |= left.value == decisive;
		struct term right = next(parser);
		parser->settled = settled;
		join(parser, &left, &right, sign, decisive);
	}
	return left;
}

static struct term parse_and(struct parser *parser)
{
	return parse_chain(parser, parse_primary, "&&", "&&", FILETEST_FALSE);
}

static struct term parse_or(struct parser *parser)
{
	return parse_chain(parser, parse_and, "||", "||", FILETEST_TRUE);
}

/* The words bind less than the signs: not, then and, then or. */
static struct term parse_not(struct parser *parser)
{
	struct term term = {.value = FILETEST_FOREIGN, .shell = STR_INIT};
	if (!take(parser, "not"))
		return parse_or(parser);
	skip_blanks(parser);
	if (slice_starts(parser->rest, "(")) /* binds like a function then: leave it to perl */
		parser->foreign = true;
	if (!may_nest(parser))
		return term;
	term = parse_not(parser);
	negate(&term);
	parser->nesting--;
	return term;
}

static struct term parse_word_and(struct parser *parser)
{
	return parse_chain(parser, parse_not, "and", "&&", FILETEST_FALSE);
}

static struct term parse_expression(struct parser *parser)
{
	return parse_chain(parser, parse_word_and, "or", "||", FILETEST_TRUE);
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

static enum filetest evaluate(struct parser *parser, struct str *shell)
{
	struct term term = parse_expression(parser);
	take(parser, ";");
	skip_blanks(parser);
	enum filetest value = parser->foreign || parser->rest.len ? FILETEST_FOREIGN : term.value;
	if (value == FILETEST_SHELL)
		str_add_slice(shell, str_slice(&term.shell));
	str_release(&term.shell);
	return value;
}

enum filetest filetest_evaluate(struct slice expression, const char *repo, const struct args *present, struct str *shell)
{
	/* Hardly any test of any repository gets as far as its command: the text is made only then. */
	struct parser parser = {.rest = expression, .repo = repo, .present = present};
	struct str nothing = STR_INIT;
	enum filetest value = evaluate(&parser, &nothing);
	str_release(&nothing);
	if (value != FILETEST_SHELL)
		return value;
	parser = (struct parser){.rest = expression, .repo = repo, .present = present, .wants_shell = true};
	return evaluate(&parser, shell);
}

bool filetest_needs(struct slice expression, const char *repo, struct args *names)
{
	struct parser parser = {.rest = expression, .repo = repo, .needed = names};
	struct str nothing = STR_INIT;
	enum filetest value = evaluate(&parser, &nothing);
	str_release(&nothing);
	return value == FILETEST_FALSE && !parser.elsewhere;
}
