/* What html.h finds in pages, good and bad, and what links.h makes of them. */
#include "fixture.h"

#include "fetch/html.h"
#include "fetch/links.h"

/* The page as it is read: text, <name a=...>, </name>; a is the attribute "a". */
static void reads(const char *page, const char *expected)
{
	struct html html = {.rest = slice_of(page)};
	struct html_token token;
	struct str said = STR_INIT;
	for (enum html_kind kind; (kind = html_next(&html, &token)) != HTML_END;) {
		struct str value = STR_INIT;
		bool has = kind == HTML_OPEN && html_attribute(&token, "a", &value);
		str_adds(&said, kind == HTML_OPEN ? "<" : kind == HTML_CLOSE ? "</" : "");
		str_add_slice(&said, kind == HTML_TEXT ? token.text : token.name);
		str_addf(&said, "%s%s%s", has ? " a=" : "", str_cstr(&value), kind == HTML_TEXT ? "" : ">");
		str_release(&value);
	}
	assert_string_equal(str_cstr(&said), expected);
	str_release(&said);
}

static void test_tags(MR_UNUSED void **state)
{
	reads("", "");
	reads("x<b>y</B >z", "x<b>y</B>z");
	reads("<b a=1><b A='2 >'/><b a = \"3\"c><b a><b a=1 a=2><b/a=/4/>", "<b a=1><b a=2 >><b a=3><b a=><b a=1><b a=/4/>");
	reads("a < b <3 <", "a < b <3 <");
	reads("<b =a=1 x\"y a='", "");
	reads("<b x=\"", "");
	reads("<b", "");
	reads("</>x</ y>z<!w>v<?u>t", "xzvt");
}

static void test_comments(MR_UNUSED void **state)
{
	reads("1<!-- <b> -->2<!-->3<!--->4<!-- - -- -> --!>5<!---->6", "123456");
	reads("1<!-- <b> -- >", "1");
	reads("1<!--", "1");
}

static void test_contents(MR_UNUSED void **state)
{
	reads("<Script><b></scripty></SCRIPT >x", "<Script></SCRIPT>x");
	reads("<title></title><b>", "<title></title><b>");
	reads("<style><b></style", "<style>");
	reads("<textarea></textarea/>", "<textarea></textarea>");
	reads("<plaintext><b>", "<plaintext>");
}

static void test_references(MR_UNUSED void **state)
{
	reads("<b a='&amp;&lt;&gt;&quot;&apos;&#65;&#x42;&#X43&#68'>", "<b a=&<>\"'ABCD>");
	reads("<b a='&amp &ampx;&amp=&unknown;&;&#;&#x;&'>", "<b a=& &ampx;&amp=&unknown;&;&#;&#x;&>");
	reads("<b a='&#233;&#x20ac;&#x1f600;'>", "<b a=\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80>");
	reads("<b a='&#0;&#xd800;&#99999999999999999999;'>", "<b a=\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd>");
}

static void chooses(const char *page, bool authenticated, const char *expected)
{
	struct links links = LINKS_INIT;
	struct str said = STR_INIT;
	struct err err = ERR_INIT;
	assert_int_equal(links_read(&links, slice_of(page), &err), 0);
	links_choose(&links, authenticated);
	for (size_t i = 0; i < links.len; i++)
		str_addf(&said, "%s %s;", links.list[i].vcs, links.list[i].url);
	assert_string_equal(str_cstr(&said), expected);
	str_release(&said);
	links_release(&links);
}

#define LINK(url, title) "<link rel='x VCS-Git y' href='" url "' title='" title "'>"

static void test_links(MR_UNUSED void **state)
{
	const char *ways = LINK("me@h:x", "t") LINK("http://h/x", "t") LINK("ssh://h/x", "t") LINK("http://h/y", "t");
	chooses(ways, false, "git http://h/y;");
	chooses(ways, true, "git ssh://h/x;");
	chooses(LINK("git://a", "t") LINK("https://b", "u") LINK("git://a", "v"), false, "git git://a;git https://b;");
	chooses("<a rel=vcs-hg href=a>t<a href=b></a></a>" LINK("c", "t"), true, "git c;");
	chooses("<a rel=vcs-hg href=a>t<a rel=vcs-hg href=b>t</a>", false, "hg a;hg b;");
	chooses("<a rel=vcs- href=a><a rel=vcs-git><a rel=git href=b>", false, "");
}

static void danger(const char *vcs, const char *url, bool dangerous)
{
	char *words[] = {mem_strdup(vcs), mem_strdup(url)};
	const struct link link = {.vcs = words[0], .url = words[1]};
	const char *why = link_danger(&link, true);
	if ((why != NULL) != dangerous)
		fail_msg("%s %s: %s", vcs, url, why ? why : "harmless");
	free(words[0]);
	free(words[1]);
}

static void test_danger(MR_UNUSED void **state)
{
	static const char *const bad[] = {"-x", "--x", "ssh://-x/y", "ssh://a@-x/y", "a@-x:y", "ext::x", "fd::3", "a\nb", "h/.git.git", ".x",
					  "h:.ssh", "http://h/..", "http://h/../", "http://h/. ", "http://h/%2E%2e", "http://h/a%2Fb", "h:.git",
					  "http://h/.a:b"};
	static const char *const good[] = {"http://h/x", "me@h:x", "ssh://a@h:22/x-y", "http://[::1]/x", "ssh://me@[fe80::1]/x", "http://h/a.b",
					   "http://h/-x", "http://h/x::y", "git@h:-x/y", "me@[::1]:x"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		danger("git", bad[i], true);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		danger("git", good[i], false);
	danger("git", "http://h/x/.git/", false);
	danger("svn", "http://h/x/.git/", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_tags),       cmocka_unit_test(test_comments), cmocka_unit_test(test_contents),
	    cmocka_unit_test(test_references), cmocka_unit_test(test_links),    cmocka_unit_test(test_danger),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
