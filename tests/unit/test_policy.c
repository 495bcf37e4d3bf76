/* The whitelist of git's settings. */
#include "fixture.h"

#include "git/policy.h"

static void test_policy(void **state)
{
	static const struct {
		const char *key;
		const char *value;
		enum policy_role role;
		bool ok;
	} cases[] = {
	    {"user.name", "x", POLICY_STATUS, true},
	    {"branch.a.b.remote", "x", POLICY_UPDATE, true},
	    {"branch.remote", "x", POLICY_UPDATE, false},
	    {"branch.a.rebase", "true", POLICY_UPDATE, true},
	    {"branch.a.rebase", "sometimes", POLICY_UPDATE, false},
	    {"branch.a.rebase", "true", POLICY_STATUS, true},
	    {"color.ui", "always", POLICY_STATUS, false},
	    {"color.ui", "false", POLICY_STATUS, true},
	    {"color.ui", "false", POLICY_TERMINAL, false},
	    {"color.ui", "auto", POLICY_TERMINAL, true},
	    {"color.ui", "TRUE", POLICY_TERMINAL, true},
	    {"color.status.added", "bold red", POLICY_STATUS, true},
	    {"color.status.added", "red", POLICY_TERMINAL, false},
	    {"color.status.added", "pinkish", POLICY_STATUS, false},
	    {"core.bare", NULL, POLICY_UPDATE, false},
	    {"core.bare", NULL, POLICY_SERVER, true},
	    {"user.name", NULL, POLICY_STATUS, false},
	    {"uploadpack.hiderefs", "x", POLICY_SERVER, false},
	    {"uploadpack.hiderefs", "x", POLICY_UPDATE, false},
	    {"fetch.prune", "true", POLICY_UPDATE, true},
	    {"fetch.prune", "maybe", POLICY_UPDATE, false},
	    {"extensions.x", "1", POLICY_STATUS, false},
	    /* What git warns of, or does beside. */
	    {"fetch.showforcedupdates", "true", POLICY_FETCH, true},
	    {"fetch.showforcedupdates", "false", POLICY_FETCH, false},
	    {"core.fsmonitor", "x", POLICY_FETCH, false},
	    {"feature.manyfiles", "true", POLICY_UPDATE, false},
	    {"feature.manyfiles", "true", POLICY_FETCH, true},
	    {"extensions.objectformat", "sha1", POLICY_UPDATE, false},
	    /* What ends every command that reads it, be it meant for another one. */
	    {"branch.autosetupmerge", "sometimes", POLICY_STATUS, false},
	    {"branch.autosetupmerge", "simple", POLICY_STATUS, true},
	    {"branch.autosetuprebase", "true", POLICY_UPDATE, false},
	    {"branch.autosetuprebase", "always", POLICY_UPDATE, true},
	    {"push.default", "some", POLICY_STATUS, false},
	    {"push.default", "simple", POLICY_STATUS, true},
	    {"push.followtags", "x", POLICY_STATUS, true},
	    {"pack.packsizelimit", "x", POLICY_STATUS, false},
	    {"pack.packsizelimit", "2g", POLICY_STATUS, true},
	    {"pack.compression", "77", POLICY_UPDATE, false},
	    {"pack.usesparse", "x", POLICY_STATUS, false},
	    {"pack.threads", "x", POLICY_STATUS, true},
	    {"user.useconfigonly", "x", POLICY_STATUS, false},
	    {"core.hookspath", "~nobody/x", POLICY_STATUS, false},
	    {"core.hookspath", "~/x", POLICY_STATUS, true},
	    {"core.sharedrepository", "0500", POLICY_SERVER, false},
	    {"core.sharedrepository", "group", POLICY_SERVER, true},
	    {"rebase.autostash", "x", POLICY_UPDATE, false},
	    {"rebase.autostash", "x", POLICY_FETCH, true},
	    {"remote.a.push", "::::", POLICY_FETCH, false},
	    {"remote.a.push", "refs/heads/*:refs/heads/*", POLICY_FETCH, true},
	    {"remote.a.fetch", "refs/heads/*", POLICY_UPDATE, false},
	    {"remote.a.fetch", "+refs/heads/*:refs/remotes/a/*", POLICY_UPDATE, true},
	    {"remote.a.fetch", "^refs/heads/x*", POLICY_UPDATE, true},
	    {"remote.a.fetch", "refs/heads/a..b:x", POLICY_UPDATE, false},
	    {"remote.a.tagopt", "--TAGS", POLICY_FETCH, false},
	    {"remote.a.promisor", "x", POLICY_STATUS, false},
	    {"remote.a.promisor", "true", POLICY_STATUS, true},
	    {"gc.pruneexpire", "garbage", POLICY_FETCH, false},
	    {"gc.pruneexpire", "2.weeks.ago", POLICY_FETCH, true},
	    {"gc.reflogexpire", "90 days", POLICY_FETCH, true},
	    {"gc.reflogexpire", "x", POLICY_FETCH, false},
	    {"gc.writecommitgraph", "x", POLICY_STATUS, false},
	    {"fetch.negotiationalgorithm", "x", POLICY_STATUS, false},
	    {"fetch.writecommitgraph", "x", POLICY_SERVER, false},
	    {"gpg.format", "SSH", POLICY_STATUS, false},
	    {"gpg.mintrustlevel", "x", POLICY_STATUS, false},
	    {"gpg.ssh.allowedsignersfile", "~nobody/x", POLICY_STATUS, false},
	    {"gpg.ssh.program", "x", POLICY_STATUS, true},
	    {"commit.cleanup", "x", POLICY_UPDATE, false},
	    {"stash.showpatch", "x", POLICY_STATUS, false},
	    {"stash.showpatch", NULL, POLICY_STATUS, true},
	    {"grep.patterntype", "x", POLICY_STATUS, false},
	    {"grep.fullname", "x", POLICY_STATUS, false},
	    {"column.ui", "false", POLICY_STATUS, false},
	    {"column.ui", "never", POLICY_STATUS, true},
	    {"filter.lfs.required", "x", POLICY_STATUS, false},
	    {"filter.lfs.clean", "x", POLICY_STATUS, true},
	    /* git reads words for yes and no in any case, most others as they stand. */
	    {"core.filemode", "TRUE", POLICY_STATUS, true},
	    {"pull.ff", "ONLY", POLICY_UPDATE, false},
	    {"pull.rebase", "MERGES", POLICY_UPDATE, false},
	    {"status.showuntrackedfiles", "NORMAL", POLICY_STATUS, false},
	    {"log.date", "ISO", POLICY_STATUS, false},
	};
	bool failed = false;
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = ERR_INIT;
		bool ok = policy_check(cases[i].key, cases[i].value, cases[i].role, &err) == 0;
		if (ok != cases[i].ok)
			print_error("%s = %s: %s\n", cases[i].key, cases[i].value ? cases[i].value : "(none)", ok ? "understood" : err_text(&err));
		failed |= ok != cases[i].ok;
		err_release(&err);
	}
	assert_false(failed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_policy)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
