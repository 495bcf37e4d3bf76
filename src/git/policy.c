/* See policy.h. Decided key by key from git-config(1) of git 2.39. Where git reads a key at all and stops at a value
 * that it does not understand, only values that it does understand are let through. */
#include "git/policy.h"

#include "base/str.h"

#include <string.h>
#include <strings.h>

/* Roles: S and T are status without and with colours, P pull, F fetch, U both, V the other side of them. */
enum {
	S = POLICY_STATUS,
	T = POLICY_TERMINAL,
	P = POLICY_UPDATE,
	F = POLICY_FETCH,
	V = POLICY_SERVER,
	U = P | F,
	ST = S | T,
	UV = U | V,
	ALL = S | T | U | V,
};

#define YES "true yes on 1"
#define NO "false no off 0"
#define BOOL YES " " NO
#define NUMBER "<number>"
#define COLOUR "<colour>"

/* A key: "section.name", "section.*" (every key of the section), or "section.?.name" (with any subsection). Values:
 * words, of which the value must be one, NULL for any. The first rule that fits key and role counts. */
static const struct rule {
	const char *key;
	int roles;
	const char *values;
} rules[] = {
    /* The repository. */
    {"core.repositoryformatversion", ST | V, "0"},
    {"core.repositoryformatversion", U, "0 1"},
    {"extensions.partialclone", U, NULL},
    {"extensions.objectformat", U, "sha1"},
    {"core.bare", ST | U, NO},
    {"core.bare", V, BOOL},
    {"core.filemode", ALL, BOOL},
    {"core.ignorecase", ALL, NO},
    {"core.symlinks", ALL, YES},
    {"core.logallrefupdates", ST | F | V, BOOL " always"},
    {"core.logallrefupdates", P, BOOL},
    {"core.sharedrepository", V, NULL},
    {"core.precomposeunicode", ALL, BOOL},
    {"core.protecthfs", ALL, BOOL},
    {"core.protectntfs", ALL, BOOL},
    {"core.warnambiguousrefs", ALL, BOOL},
    {"core.commitgraph", ALL, BOOL},
    {"core.multipackindex", ALL, BOOL},
    {"core.compression", ALL, "-1 0 1 2 3 4 5 6 7 8 9"},
    {"core.loosecompression", ALL, "-1 0 1 2 3 4 5 6 7 8 9"},
    {"core.abbrev", ALL, "auto no 7 8 9 10 11 12 13 14 15 16 20 40"},
    {"core.hookspath", ALL, NULL},
    {"core.gitproxy", ALL, NULL},
    {"feature.manyfiles", U, BOOL},
    {"feature.experimental", U, BOOL},
    /* The work tree and the index. */
    {"core.quotepath", ALL, BOOL},
    {"core.excludesfile", ALL, NULL},
    {"core.attributesfile", ALL, NULL},
    {"core.autocrlf", ALL, BOOL " input"},
    {"core.safecrlf", ALL, BOOL " warn"},
    {"core.eol", ALL, "lf crlf native"},
    {"core.preloadindex", ALL, BOOL},
    {"core.untrackedcache", ALL, NO " keep"},
    {"core.fsmonitor", ST | P | V, NO},
    {"core.fsmonitor", F, NULL},
    {"core.splitindex", ALL, NO},
    {"core.sparsecheckout", ALL, NO},
    {"core.sparsecheckoutcone", ALL, BOOL},
    {"core.trustctime", ALL, YES},
    {"core.checkstat", ALL, "default"},
    {"index.threads", ALL, BOOL " " NUMBER},
    {"index.version", ALL, "2 3 4"},
    /* What is shown. */
    {"status.relativepaths", ALL, BOOL},
    {"status.showuntrackedfiles", ST, "normal"},
    {"status.short", ST, BOOL},
    {"status.showstash", ST, BOOL},
    {"status.aheadbehind", ST, BOOL},
    {"status.renames", ST, BOOL},
    {"status.branch", ST, NO},
    {"status.*", UV, NULL},
    {"color.ui", T, "auto " YES},
    {"color.status", T, "auto " YES},
    {"color.ui", S | UV, "auto never " BOOL},
    {"color.status", S | UV, "auto never " BOOL},
    {"color.pager", ALL, BOOL},
    {"color.status.*", S | UV, COLOUR},
    {"color.diff.*", ALL, COLOUR},
    {"color.branch.*", ALL, COLOUR},
    {"color.grep.*", ALL, COLOUR},
    {"color.decorate.*", ALL, COLOUR},
    {"color.interactive.*", ALL, COLOUR},
    {"color.remote.*", ST, COLOUR},
    {"color.diff", ALL, "auto never " BOOL},
    {"color.branch", ALL, "auto never always " BOOL},
    {"color.grep", ALL, "auto never always " BOOL},
    {"color.interactive", ALL, "auto never always " BOOL},
    {"color.showbranch", ALL, "auto never always " BOOL},
    {"column.ui", ALL, "auto never always " NO},
    {"column.branch", ALL, NULL},
    {"column.tag", ALL, NULL},
    {"column.clean", ALL, NULL},
    {"pager.diff", ALL, NULL},
    {"pager.show", ALL, NULL},
    {"pager.log", ALL, NULL},
    {"pager.stash", ALL, NULL},
    {"pager.branch", ALL, NULL},
    {"pager.tag", ALL, NULL},
    {"pager.grep", ALL, NULL},
    {"pager.blame", ALL, NULL},
    {"pager.reflog", ALL, NULL},
    {"advice.*", ALL, BOOL},
    {"diff.renames", ALL, BOOL},
    {"diff.algorithm", ALL, "default myers minimal patience histogram"},
    {"diff.mnemonicprefix", ALL, BOOL},
    {"diff.noprefix", ALL, BOOL},
    {"diff.indentheuristic", ALL, BOOL},
    {"diff.context", ALL, NUMBER},
    {"diff.renamelimit", ALL, NUMBER},
    {"diff.submodule", ALL, "short log diff"},
    {"diff.colormoved", ALL, "no default plain blocks zebra dimmed-zebra dimmed_zebra " BOOL},
    {"diff.tool", ALL, NULL},
    {"diff.guitool", ALL, NULL},
    {"diff.?.textconv", ALL, NULL},
    {"diff.?.command", ALL, NULL},
    {"diff.?.wordregex", ALL, NULL},
    {"diff.?.xfuncname", ALL, NULL},
    {"diff.?.binary", ALL, BOOL " auto"},
    {"diff.?.cachetextconv", ALL, BOOL},
    {"log.decorate", ALL, "short full auto no " BOOL},
    {"log.abbrevcommit", ALL, BOOL},
    {"log.follow", ALL, BOOL},
    {"log.date", ALL, "default local relative iso iso8601 iso-strict iso8601-strict rfc rfc2822 short raw human unix"},
    {"i18n.commitencoding", ALL, "UTF-8 UTF8"},
    {"i18n.logoutputencoding", ALL, "UTF-8 UTF8"},
    /* Branches, remotes, pulling. */
    {"branch.autosetupmerge", ALL, NULL},
    {"branch.autosetuprebase", ALL, NULL},
    {"branch.sort", ALL, NULL},
    {"branch.?.remote", ALL, NULL},
    {"branch.?.merge", ALL, NULL},
    {"branch.?.pushremote", ALL, NULL},
    {"branch.?.description", ALL, NULL},
    {"branch.?.vscode-merge-base", ALL, NULL},
    {"branch.?.github-pr-owner-number", ALL, NULL},
    {"branch.?.gh-merge-base", ALL, NULL},
    {"branch.?.rebase", P, BOOL " merges m interactive i"},
    {"branch.*", ST | F | V, NULL},
    {"remote.pushdefault", ALL, NULL},
    {"remote.?.url", ALL, NULL},
    {"remote.?.fetch", ALL, NULL},
    {"remote.?.push", ALL, NULL},
    {"remote.?.pushurl", ALL, NULL},
    {"remote.?.gh-resolved", ALL, NULL},
    {"remote.?.prune", U, BOOL},
    {"remote.?.prunetags", U, NO},
    {"remote.?.tagopt", U, "--tags --no-tags"},
    {"remote.?.skipfetchall", U, BOOL},
    {"remote.?.skipdefaultupdate", U, BOOL},
    {"remote.?.mirror", U, BOOL},
    {"remote.?.receivepack", U, NULL},
    {"remote.?.promisor", U, BOOL},
    {"remote.?.partialclonefilter", U, NULL},
    {"remote.*", ST | V, NULL},
    {"url.?.insteadof", U, NULL},
    {"url.?.pushinsteadof", ALL, NULL},
    {"url.*", ST | V, NULL},
    {"pull.rebase", P, BOOL " merges m interactive i"},
    {"pull.ff", P, BOOL " only"},
    {"pull.*", ST | F | V, NULL},
    {"fetch.parallel", U, NUMBER},
    {"fetch.prune", U, BOOL},
    {"fetch.prunetags", U, NO},
    {"fetch.output", U, "full compact"},
    {"fetch.showforcedupdates", U, BOOL},
    {"fetch.fsckobjects", U, BOOL},
    {"fetch.unpacklimit", U, NUMBER},
    {"fetch.recursesubmodules", U, "on-demand " NO},
    {"fetch.negotiationalgorithm", U, "consecutive skipping noop default"},
    {"fetch.writecommitgraph", U, NO},
    {"fetch.*", ST | V, NULL},
    {"merge.tool", ALL, NULL},
    {"merge.guitool", ALL, NULL},
    {"merge.conflictstyle", ALL, "merge diff3 zdiff3"},
    {"merge.ff", ALL, BOOL " only"},
    {"merge.stat", ALL, BOOL},
    {"merge.log", ALL, BOOL " " NUMBER},
    {"merge.renamelimit", ALL, NUMBER},
    {"merge.?.name", ALL, NULL},
    {"merge.?.driver", ALL, NULL},
    {"mergetool.*", ALL, NULL},
    {"rebase.*", ALL, NULL},
    {"push.*", ALL, NULL},
    {"protocol.version", ALL, "0 1 2"},
    {"protocol.allow", U, "always never user"},
    {"protocol.?.allow", U, "always never user"},
    {"protocol.*", ST, NULL},
    {"transfer.fsckobjects", UV, BOOL},
    {"transfer.unpacklimit", UV, NUMBER},
    {"transfer.*", ST, NULL},
    {"receive.*", ALL, NULL},
    {"uploadpack.allowfilter", UV, BOOL},
    {"uploadpack.allowtipsha1inwant", UV, BOOL},
    {"uploadpack.allowreachablesha1inwant", UV, BOOL},
    {"uploadpack.allowanysha1inwant", UV, BOOL},
    {"uploadpack.*", ST, NULL},
    {"submodule.recurse", ST, BOOL},
    {"submodule.recurse", U, NO},
    {"submodule.fetchjobs", U, NUMBER},
    {"gc.auto", U, NUMBER},
    {"gc.autopacklimit", U, NUMBER},
    {"gc.autodetach", U, BOOL},
    {"gc.pruneexpire", U, NULL},
    {"gc.reflogexpire", U, NULL},
    {"gc.reflogexpireunreachable", U, NULL},
    {"gc.*", ST | V, NULL},
    {"maintenance.repo", U, NULL},
    {"maintenance.auto", U, NO},
    {"maintenance.strategy", U, "none incremental"},
    {"maintenance.*", ST | V, NULL},
    {"pack.*", ST | U, NULL},
    {"repack.*", ST | U, NULL},
    /* Who, how, and other commands. The conditions of includes are checked where they are read. */
    {"include.path", ALL, NULL},
    {"includeif.?.path", ALL, NULL},
    {"safe.directory", ALL, NULL},
    {"safe.barerepository", ST, "all explicit"},
    {"core.editor", ALL, NULL},
    {"core.pager", ALL, NULL},
    {"core.askpass", ALL, NULL},
    {"core.sshcommand", ALL, NULL},
    {"ssh.variant", ALL, NULL},
    {"core.commentchar", ALL, "auto # ; % @ ! $ ^ & |"},
    {"gpg.format", ALL, "openpgp x509 ssh"},
    {"gpg.*", ALL, NULL},
    {"help.*", ALL, NULL},
    {"rerere.enabled", ALL, BOOL},
    {"rerere.autoupdate", ALL, BOOL},
    {"commit.gpgsign", ALL, BOOL},
    {"commit.verbose", ALL, BOOL " 2"},
    {"commit.template", ALL, NULL},
    {"commit.cleanup", ALL, NULL},
    {"tag.*", ALL, NULL},
    {"user.*", ALL, NULL},
    {"author.*", ALL, NULL},
    {"committer.*", ALL, NULL},
    {"alias.*", ALL, NULL},
    {"init.*", ALL, NULL},
    {"clone.*", ALL, NULL},
    {"add.*", ALL, NULL},
    {"am.*", ALL, NULL},
    {"blame.*", ALL, NULL},
    {"browser.*", ALL, NULL},
    {"clean.*", ALL, NULL},
    {"credential.*", ALL, NULL},
    {"difftool.*", ALL, NULL},
    {"filter.*", ALL, NULL}, /* without attributes a filter does nothing */
    {"github.*", ALL, NULL},
    {"gitlab.*", ALL, NULL},
    {"gitweb.*", ALL, NULL},
    {"grep.*", ALL, NULL},
    {"gui.*", ALL, NULL},
    {"guitool.*", ALL, NULL},
    {"http.*", ALL, NULL},
    {"hub.*", ALL, NULL},
    {"instaweb.*", ALL, NULL},
    {"interactive.*", ALL, NULL},
    {"lfs.*", ALL, NULL},
    {"magit.*", ALL, NULL},
    {"man.*", ALL, NULL},
    {"sendemail.*", ALL, NULL},
    {"sequence.*", ALL, NULL},
    {"stash.*", ALL, NULL},
    {"web.*", ALL, NULL},
    {"worktree.*", ALL, NULL},
};

static bool key_fits(const char *rule, const char *key)
{
	if (*rule != *key)
		return false;
	size_t len = strlen(rule);
	if (rule[len - 1] == '*')
		return !strncmp(rule, key, len - 1);
	const char *any = strstr(rule, ".?.");
	if (!any)
		return !strcmp(rule, key);
	size_t head = (size_t)(any - rule) + 1; /* with its dot */
	size_t tail = len - head - 1;		/* likewise */
	size_t key_len = strlen(key);
	return key_len > head + tail && !strncmp(rule, key, head) && !strcmp(rule + head + 1, key + key_len - tail);
}

static bool is_number(struct slice value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] < '0' || value.ptr[i] > '9')
			return false;
	return value.len > 0 && value.len < 10;
}

static bool same_word(struct slice a, struct slice b)
{
	return a.len == b.len && !strncasecmp(a.ptr, b.ptr, a.len);
}

static bool is_one_of(struct slice value, const char *words)
{
	struct slice rest = slice_of(words), word;
	while (slice_word(&rest, &word))
		if (same_word(word, value) || (slice_is(word, NUMBER) && is_number(value)))
			return true;
	return false;
}

static bool is_colour(struct slice value)
{
	static const char words[] =
	    "normal default black red green yellow blue magenta cyan white brightblack brightred brightgreen "
	    "brightyellow brightblue brightmagenta brightcyan brightwhite reset bold dim ul italic blink "
	    "reverse strike nobold nodim noul noitalic noblink noreverse nostrike";
	struct slice word;
	int colours = 0;
	while (slice_word(&value, &word)) {
		if (!is_one_of(word, words))
			return false;
		colours++;
	}
	return colours < 3; /* a third colour, unlike a third attribute, would be an error */
}

static bool value_fits(const char *values, const char *value)
{
	if (!values)
		return value != NULL;
	struct slice text = slice_of(value ? value : "true");
	return !strcmp(values, COLOUR) ? is_colour(text) : is_one_of(text, values);
}

int policy_check(const char *key, const char *value, enum policy_role role, struct err *err)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		if (!(rules[i].roles & (int)role) || !key_fits(rules[i].key, key))
			continue;
		if (value_fits(rules[i].values, value))
			return 0;
		return err_set(err, "%.100s has the value %.100s", key, value ? value : "(none)");
	}
	return err_set(err, "%.100s is set", key);
}
