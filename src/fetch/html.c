/* See html.h. The rules are those of the HTML standard's tokenizer. */
#include "fetch/html.h"

#include <string.h>
#include <strings.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool html_is(struct slice name, const char *word)
{
	return strlen(word) == name.len && strncasecmp(word, name.ptr, name.len) == 0;
}

static struct slice take(struct slice *rest, size_t len)
{
	struct slice taken = slice_make(rest->ptr, len);
	*rest = slice_make(rest->ptr + len, rest->len - len);
	return taken;
}

/* What stands before the first of the bytes, or all. */
static struct slice take_until(struct slice *rest, const char *bytes)
{
	size_t len = 0;
	while (len < rest->len && (!rest->ptr[len] || !strchr(bytes, rest->ptr[len])))
		len++;
	return take(rest, len);
}

/* Everything up to the first end, and that; all when there is none. */
static void skip_past(struct slice *rest, const char *end)
{
	size_t len = strlen(end);
	while (rest->len && !slice_starts(*rest, end))
		take(rest, 1);
	take(rest, rest->len ? len : 0);
}

static void skip_blanks(struct slice *rest)
{
	while (rest->len && byte_is_blank(rest->ptr[0]))
		take(rest, 1);
}

/* The next attribute of a tag. false in front of the tag's ">", or with nothing left at the end of the page. */
static bool take_attribute(struct slice *rest, struct slice *name, struct slice *value)
{
	while (rest->len && (byte_is_blank(rest->ptr[0]) || rest->ptr[0] == '/'))
		take(rest, 1);
	if (!rest->len || rest->ptr[0] == '>')
		return false;
	const char *start = rest->ptr;
	take(rest, 1); /* whatever it is: also a "=" begins a name */
	take_until(rest, " \t\n\r\f\v/>=");
	*name = slice_make(start, (size_t)(rest->ptr - start));
	*value = slice_make(rest->ptr, 0);
	skip_blanks(rest);
	if (!rest->len || rest->ptr[0] != '=')
		return true;
	take(rest, 1);
	skip_blanks(rest);
	if (rest->len && (rest->ptr[0] == '"' || rest->ptr[0] == '\'')) {
		const char quote[] = {rest->ptr[0], '\0'};
		take(rest, 1);
		*value = take_until(rest, quote);
		take(rest, rest->len ? 1 : 0);
	} else {
		*value = take_until(rest, " \t\n\r\f\v>");
	}
	return true;
}

/* From "<" on; comments and other things of no interest are false. */
static bool take_markup(struct html *html, struct html_token *token, enum html_kind *kind)
{
	struct slice *rest = &html->rest, name, value;
	if (slice_starts(*rest, "<!--")) {
		take(rest, 2); /* "<!-->" is a whole one */
		skip_past(rest, "--");
		while (rest->len && !slice_starts(*rest, ">") && !slice_starts(*rest, "!>")) {
			if (rest->ptr[0] != '-')
				skip_past(rest, "--");
			else
				take(rest, 1);
		}
		skip_past(rest, ">");
		return false;
	}
	bool closes = slice_starts(*rest, "</");
	size_t start_of_name = closes ? 2 : 1;
	if (rest->len <= start_of_name || !is_letter(rest->ptr[start_of_name])) {
		skip_past(rest, ">");
		return false;
	}
	take(rest, start_of_name);
	token->name = take_until(rest, " \t\n\r\f\v/>");
	const char *start = rest->ptr;
	while (take_attribute(rest, &name, &value))
		;
	token->attributes = slice_make(start, (size_t)(rest->ptr - start));
	bool whole = rest->len > 0;
	take(rest, whole ? 1 : 0);
	*kind = closes ? HTML_CLOSE : HTML_OPEN;
	return whole;
}

/* What stands in an element like script, up to its closing tag. */
static void skip_contents(struct html *html)
{
	struct slice name = html->inside, *rest = &html->rest;
	html->inside = slice_make(NULL, 0);
	for (; rest->len; take(rest, 1)) {
		if (rest->len < name.len + 3 || rest->ptr[0] != '<' || rest->ptr[1] != '/')
			continue;
		char after = rest->ptr[name.len + 2];
		if (strncasecmp(rest->ptr + 2, name.ptr, name.len) == 0 && (byte_is_blank(after) || after == '/' || after == '>'))
			return;
	}
}

static bool holds_no_html(struct slice name)
{
	static const char *const list[] = {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		if (html_is(name, list[i]))
			return true;
	}
	return false;
}

/* Does markup begin here? Else the "<" is text. */
static bool is_markup(struct slice rest)
{
	char next = rest.len > 1 ? rest.ptr[1] : '\0';
	return rest.len && rest.ptr[0] == '<' && (is_letter(next) || next == '/' || next == '!' || next == '?');
}

enum html_kind html_next(struct html *html, struct html_token *token)
{
	*token = (struct html_token){.text = {"", 0}, .name = {"", 0}, .attributes = {"", 0}};
	if (html->inside.len)
		skip_contents(html);
	while (html->rest.len) {
		const char *start = html->rest.ptr;
		if (!is_markup(html->rest)) {
			take(&html->rest, 1);
			take_until(&html->rest, "<");
			token->text = slice_make(start, (size_t)(html->rest.ptr - start));
			return HTML_TEXT;
		}
		enum html_kind kind;
		if (!take_markup(html, token, &kind))
			continue;
		if (kind == HTML_OPEN && holds_no_html(token->name))
			html->inside = token->name;
		return kind;
	}
	return HTML_END;
}

static void add_utf8(struct str *out, unsigned long code)
{
	if (!code || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		code = 0xfffd;
	int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
	static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
	str_addc(out, (char)(first[more] | (code >> (6 * more))));
	while (more-- > 0)
		str_addc(out, (char)(0x80 | (code >> (6 * more) & 0x3f)));
}

/* &#DIGITS; or &#xDIGITS; with or without the semicolon. false when there is no digit; rest stands behind "&". */
static bool take_number(struct slice *rest, struct str *out)
{
	if (!slice_starts(*rest, "#"))
		return false;
	bool hex = rest->len > 1 && (rest->ptr[1] | 0x20) == 'x';
	size_t start = hex ? 2 : 1, i = start;
	unsigned long code = 0;
	for (; i < rest->len; i++) {
		char c = rest->ptr[i], letter = (char)(c | 0x20);
		bool is_hex_letter = hex && letter >= 'a' && letter <= 'f';
		if (!is_digit(c) && !is_hex_letter)
			break;
		unsigned long digit = (unsigned long)(is_hex_letter ? letter - 'a' + 10 : c - '0');
		code = code > 0x10ffff ? code : code * (hex ? 16 : 10) + digit;
	}
	if (i == start)
		return false;
	take(rest, i < rest->len && rest->ptr[i] == ';' ? i + 1 : i);
	add_utf8(out, code);
	return true;
}

/* Without its semicolon a name counts only where it does not go on: "?a&lt=1" is a query. */
static bool take_named(struct slice *rest, struct str *out)
{
	static const struct {
		const char *name;
		char means;
	} list[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		size_t len = strlen(list[i].name);
		if (!slice_starts(*rest, list[i].name))
			continue;
		char after = rest->len > len ? rest->ptr[len] : '\0';
		if (after == '=' || is_letter(after) || is_digit(after))
			return false;
		take(rest, after == ';' ? len + 1 : len);
		str_addc(out, list[i].means);
		return true;
	}
	return false;
}

static void decode(struct slice text, struct str *out)
{
	while (text.len) {
		str_add_slice(out, take_until(&text, "&"));
		if (!text.len)
			break;
		take(&text, 1);
		if (!take_number(&text, out) && !take_named(&text, out))
			str_addc(out, '&');
	}
}

bool html_attribute(const struct html_token *token, const char *name, struct str *value)
{
	struct slice rest = token->attributes, key, raw;
	while (take_attribute(&rest, &key, &raw)) {
		if (!html_is(key, name))
			continue;
		decode(raw, value);
		return true;
	}
	return false;
}
