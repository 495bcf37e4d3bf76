/* What the configuration says of remotes: refspecs, URLs, and the questions for other hosts. */
#include "fixture.h"

#include "git/http_settings.h"
#include "git/question.h"
#include "git/refspec.h"
#include "git/remote.h"
#include "git/url.h"

static void test_refspecs(MR_UNUSED void **state)
{
	static const struct {
		const char *spec, *theirs, *ours;
	} table[] = {
	    {"+refs/heads/*:refs/remotes/o/*", "refs/heads/a/b", "refs/remotes/o/a/b"},
	    {"refs/heads/*:refs/remotes/o/*", "refs/tags/a", NULL},
	    {"refs/heads/m:refs/remotes/o/n", "refs/heads/m", "refs/remotes/o/n"},
	    {"refs/heads/m:refs/remotes/o/n", "refs/heads/mm", NULL},
	    {"refs/heads/a*b:refs/x/*y", "refs/heads/a-b", "refs/x/-y"},
	    {"refs/heads/a*b:refs/x/*y", "refs/heads/ab", "refs/x/y"},
	    {"refs/heads/aa*aa:refs/x/*", "refs/heads/aaa", NULL},
	    {"refs/*:refs/*", "refs/pull/1/head", "refs/pull/1/head"},
	};
	struct err err = ERR_INIT;
	for (size_t i = 0; i < LENGTH(table); i++) {
		struct refspec spec = {0};
		assert_int_equal(refspec_parse(&spec, table[i].spec, &err), 0);
		char *ours = refspec_tracking(&spec, table[i].theirs);
		assert_string_equal(ours ? ours : "none", table[i].ours ? table[i].ours : "none");
		char *theirs = ours ? refspec_source(&spec, ours) : NULL;
		if (ours)
			assert_string_equal(theirs, table[i].theirs);
		free(ours);
		free(theirs);
		refspec_release(&spec);
	}
}

static void test_odd_refspecs(MR_UNUSED void **state)
{
	static const char *const table[] = {
	    "",		"^refs/heads/x",	 "main",		   "refs/heads/main",	      "refs/heads/main:",
	    ":refs/x",	"refs/heads/*:refs/x",	 "refs/heads/x:refs/*",	   "refs/a/*/*:refs/b/*/*",   "heads/x:refs/x",
	    "@:refs/x", "refs/heads/x:heads/x", "refs/a:refs/b:refs/c", "refs/heads/a b:refs/x/a", "refs/heads/..:refs/x/y",
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		struct err err = ERR_INIT;
		struct refspec spec = {0};
		if (!refspec_parse(&spec, table[i], &err))
			fail_msg("%s is taken", table[i]);
		refspec_release(&spec);
		err_release(&err);
	}
}

static void test_urls(MR_UNUSED void **state)
{
	static const struct {
		const char *url;
		enum url_kind kind;
		const char *shown;
	} table[] = {
	    {"/a/b.git", URL_LOCAL, "/a/b"},
	    {"../b.git/", URL_LOCAL, "../b"},
	    {"a/b:c", URL_LOCAL, "a/b:c"},
	    {".git", URL_LOCAL, ".git"},
	    {"x.git", URL_LOCAL, "x.git"}, /* too short for git to shorten */
	    {"file:///a/b", URL_LOCAL, "file:///a/b"},
	    {"https://h/a.git//", URL_HTTP, "https://h/a"},
	    {"https://me:secret@h/a.git", URL_HTTP, "https://h/a"},
	    {"http://h/a@b", URL_HTTP, "http://h/a@b"},
	    {"http://[::1]:80/a.git", URL_HTTP, "http://[::1]:80/a"},
	    {"https://me@[fe80::1]/a.git", URL_HTTP, "https://[fe80::1]/a"},
	    {"git@h:a/b.git", URL_SSH, "h:a/b"},
	    {"h:a", URL_SSH, "h:a"},
	    {"ssh://git@h:22/a.git", URL_SSH, "ssh://h:22/a"},
	    {"git://h/a", URL_OTHER, "git://h/a"},
	    {"ext::sh -c x", URL_OTHER, NULL},
	    {"svn+ssh://h/a", URL_OTHER, NULL},
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		assert_int_equal(url_kind(table[i].url), table[i].kind);
		char *shown = url_shown(table[i].url);
		if (table[i].shown)
			assert_string_equal(shown, table[i].shown);
		free(shown);
	}
}

static void test_ssh_urls(MR_UNUSED void **state)
{
	static const struct {
		const char *url, *user, *host, *port, *path;
	} table[] = {
	    {"git@host.example:a/b.git", "git", "host.example", "", "a/b.git"},
	    {"host:/srv/a b", "", "host", "", "/srv/a b"},
	    {"host:/~me/a", "", "host", "", "~me/a"},
	    {"ssh://host/a", "", "host", "", "/a"},
	    {"ssh://me@host:2222/~/a", "me", "host", "2222", "~/a"},
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		struct url_ssh ssh;
		assert_true(url_ssh_parse(&ssh, table[i].url));
		assert_string_equal(ssh.user ? ssh.user : "", table[i].user);
		assert_string_equal(ssh.host, table[i].host);
		assert_string_equal(ssh.port ? ssh.port : "", table[i].port);
		assert_string_equal(ssh.path, table[i].path);
		url_ssh_release(&ssh);
	}
	static const char *const odd[] = {"ssh://host",	     "host:",	     "-oProxyCommand=x:a", "ssh://-host/a", "[::1]:a", "ssh://host:/a",
					  "ssh://host:x/a", "ssh://h/a%20b", "host:-a",		   "a b:c",	    "h\n:x"};
	for (size_t i = 0; i < LENGTH(odd); i++) {
		struct url_ssh ssh;
		if (url_ssh_parse(&ssh, odd[i]))
			fail_msg("%s is taken", odd[i]);
		url_ssh_release(&ssh);
	}
}

/* Settings as if they had been read: KEY=VALUE, up to NULL. */
static struct settings settings_from(const char *const *texts)
{
	struct settings settings = {0};
	for (; *texts; texts++) {
		const char *equals = strrchr(*texts, '=');
		MEM_RESERVE(settings.list, settings.cap, settings.count + 1);
		settings.list[settings.count++] = (struct setting){mem_dup(*texts, (size_t)(equals - *texts)), equals + 1};
	}
	return settings;
}

static void settings_drop(struct settings *settings)
{
	for (size_t i = 0; i < settings->count; i++)
		free((char *)settings->list[i].key);
	free(settings->list);
}

/* The question for a remote "o" with these settings; false: not understood. */
static bool ask(const char *const *texts, struct question *question, struct remote *remote, struct settings *settings)
{
	struct err err = ERR_INIT;
	*settings = settings_from(texts);
	*remote = (struct remote){0};
	*question = (struct question){0};
	bool understood = !remote_read(remote, settings, "o", &err) && !question_make(question, remote, settings, "/dir", NULL, &err);
	err_release(&err);
	return understood;
}

#define URL "remote.o.url=https://h.example/a/b.git"
#define SPEC "remote.o.fetch=+refs/heads/*:refs/remotes/o/*"

static void test_http_settings(MR_UNUSED void **state)
{
	static const struct {
		const char *settings[8];
		const char *proxy; /* that holds; NULL: the question is not understood */
		size_t headers;
	} table[] = {
	    {{URL, SPEC}, "", 0},
	    {{URL, SPEC, "http.proxy=p"}, "p", 0},
	    {{URL, SPEC, "http.https://h.example.proxy=q", "http.proxy=p"}, "q", 0},
	    {{URL, SPEC, "http.https://h.example/a.proxy=q", "http.https://h.example.proxy=p"}, "q", 0},
	    {{URL, SPEC, "http.https://h.example/ab.proxy=q"}, "", 0},
	    {{URL, SPEC, "http.https://h.example/a/.proxy=q"}, "q", 0},
	    {{URL, SPEC, "http.http://h.example.proxy=q"}, "", 0},
	    {{URL, SPEC, "http.https://H.Example:443.proxy=q"}, "q", 0},
	    {{URL, SPEC, "http.https://h.example:444.proxy=q"}, "", 0},
	    {{URL, SPEC, "http.https://me@h.example.proxy=q"}, "", 0},
	    {{URL, SPEC, "http.https://*.example.proxy=q"}, NULL, 0},
	    {{URL, SPEC, "http.sslkey=x"}, NULL, 0},
	    {{URL, SPEC, "http.https://other.sslkey=x"}, "", 0},
	    {{URL, SPEC, "http.extraheader=A", "http.https://h.example.extraheader=B"}, "", 2},
	    {{URL, SPEC, "http.https://h.example.extraheader=B", "http.extraheader=A"}, "", 1},
	    {{URL, SPEC, "http.extraheader=A", "http.extraheader="}, "", 0},
	    {{URL, SPEC, "http.postbuffer=1", "http.sslverify=no", "http.followredirects=true"}, "", 0},
	    {{URL, SPEC, "http.sslverify=perhaps"}, NULL, 0},
	    {{URL, SPEC, "http.savecookies=true"}, NULL, 0},
	    {{URL, SPEC, "protocol.https.allow=never"}, NULL, 0},
	    {{URL, SPEC, "protocol.allow=never", "protocol.https.allow=always"}, "", 0},
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		struct question question;
		struct remote remote;
		struct settings settings;
		bool understood = ask(table[i].settings, &question, &remote, &settings);
		if (understood != (table[i].proxy != NULL))
			fail_msg("case %zu", i);
		if (understood) {
			assert_string_equal(question.proxy ? question.proxy : "", table[i].proxy);
			assert_int_equal(question.headers.len, table[i].headers);
		}
		question_release(&question);
		remote_release(&remote);
		settings_drop(&settings);
	}
}

static void test_question(MR_UNUSED void **state)
{
	static const char *const texts[] = {"url.git@h:.insteadof=hub:", "url.git@other:.insteadof=hub:x/", "remote.o.url=hub:a/b.git", SPEC,
					    "remote.o.fetch=+refs/notes/*:refs/notes/*", "core.sshcommand=ssh -v", "ssh.variant=ssh",
					    "protocol.version=1", NULL};
	struct question question;
	struct remote remote;
	struct settings settings;
	unsetenv("GIT_SSH_COMMAND");
	unsetenv("GIT_SSH");
	unsetenv("GIT_SSH_VARIANT");
	assert_true(ask(texts, &question, &remote, &settings));
	assert_string_equal(question.url, "git@h:a/b.git");
	assert_string_equal(question.ssh.host, "h");
	assert_string_equal(question.command, "ssh -v");
	assert_true(question.version0);
	assert_int_equal(question.prefixes.len, 3);
	assert_string_equal(question.prefixes.list[0], "refs/heads/");
	assert_string_equal(question.prefixes.list[1], "refs/notes/");
	assert_string_equal(question.prefixes.list[2], "refs/tags/");
	question_release(&question);
	remote_release(&remote);
	settings_drop(&settings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_refspecs),	  cmocka_unit_test(test_odd_refspecs), cmocka_unit_test(test_urls),
	    cmocka_unit_test(test_ssh_urls), cmocka_unit_test(test_http_settings), cmocka_unit_test(test_question),
	};
	return cmocka_run_group_tests_name("remote", tests, NULL, NULL);
}
