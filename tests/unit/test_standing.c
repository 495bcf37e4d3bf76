/* Where a repository stands, beside what git says of it. */
#include "native_fixture.h"

#include "base/err.h"
#include "git/state.h"

static void add_upstream(struct str *out, const struct standing_upstream *upstream, bool unborn)
{
	if (upstream->name)
		str_addf(out, "# branch.upstream %s\n", upstream->name);
	if (upstream->name && !upstream->gone && !unborn)
		str_addf(out, "# branch.ab +%zu -%zu\n", upstream->ahead, upstream->behind);
}

/* In the words of `git status --porcelain=v2 --branch` and a log. */
static char *describe(const struct state *state)
{
	const struct standing *standing = &state->standing;
	struct str out = STR_INIT;
	char hex[OID_HEX + 1] = "(initial)";
	if (!standing->unborn)
		oid_format(&standing->last.id, hex);
	str_addf(&out, "# branch.oid %s\n# branch.head %s\n", hex, standing->branch ? standing->branch : "(detached)");
	add_upstream(&out, &state->upstream, standing->unborn);
	if (!standing->unborn)
		str_addf(&out, "%lld %s\n", (long long)standing->last.date, standing->subject);
	return str_detach(&out);
}

static int compute(struct state *state, const char *repo, struct err *err)
{
	const struct native_request request = {.operation = NATIVE_STATUS, .repo = repo, .cwd = repo};
	native_forget();
	return state_open(state, &request, POLICY_STATUS, err) || state_compute(state, STATE_STANDING, &request, err) ||
	       state_compute(state, STATE_UPSTREAM, &request, err);
}

static void assert_stands(const char *repo, const char *commands, enum standing_operation operation)
{
	struct state state = {0};
	struct err err = ERR_INIT;
	run(repo, commands);
	if (compute(&state, repo, &err))
		fail_msg("%s: %s", commands, err_text(&err));
	char *ours = describe(&state);
	char *git = shell(repo, "git status --porcelain=v2 --branch | grep '^# branch' || true; git log -1 --format='%ct %s' 2>/dev/null || true");
	if (strcmp(ours, git) != 0)
		print_error("after %s\n", commands);
	assert_string_equal(ours, git);
	assert_int_equal(state.standing.operation, operation);
	free(ours);
	free(git);
	state_release(&state);
	err_release(&err);
}

static void test_branches(void **state)
{
	const char *repo = ((struct fixture *)*state)->repo;
	static const char *const cases[] = {
	    "true",
	    "git commit -q --allow-empty -m ' two  ' -m body; printf 'a\\nb\\n\\nc\\n' | git commit -q --allow-empty -F -",
	    "git checkout -q -b side HEAD~1; git commit -q --allow-empty -m side; git branch -q -u origin/main",
	    "git push -q origin HEAD:other; git branch -q -u origin/other; git reset -q --hard HEAD~1",
	    "git commit -q --allow-empty -m both",
	    "git branch -q -u main",
	    "git branch -q --unset-upstream",
	    "git config branch.side.remote origin; git config branch.side.merge refs/heads/gone",
	    "git checkout -q --detach",
	    "git checkout -q main; git gc -q; git commit-graph write --reachable",
	    "git checkout -q --orphan unborn",
	    "git config branch.unborn.remote origin; git config branch.unborn.merge refs/heads/main",
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_stands(repo, cases[i], STANDING_NONE);
}

static void test_operations(void **state)
{
	const char *repo = ((struct fixture *)*state)->repo;
	run(repo, "git checkout -q -b side; echo side >a; git commit -qam side; git format-patch -q -1 --stdout >../patch; git checkout -q main; "
		  "echo main >a; git commit -qam main");
	assert_stands(repo, "git merge -q side >/dev/null || true", STANDING_MERGE);
	assert_stands(repo, "git merge --abort; git rebase -q side >/dev/null 2>&1 || true", STANDING_REBASE);
	assert_stands(repo, "git rebase --abort; git rebase --apply -q side >/dev/null 2>&1 || true", STANDING_REBASE);
	assert_stands(repo, "git rebase --abort; git am -q ../patch >/dev/null 2>&1 || true", STANDING_AM);
	assert_stands(repo, "git am --abort; git cherry-pick side >/dev/null 2>&1 || true", STANDING_CHERRY_PICK);
	assert_stands(repo, "git cherry-pick --abort; git revert --no-edit HEAD~1 >/dev/null 2>&1 || true", STANDING_REVERT);
	assert_stands(repo, "git revert --abort; git bisect start -q 2>/dev/null || git bisect start", STANDING_BISECT);
	assert_stands(repo, "git bisect reset -q 2>/dev/null || git bisect reset", STANDING_NONE);
}

static void test_linked(void **state)
{
	const struct fixture *f = *state;
	char *tree = mem_format("%s/tree", f->root);
	run(f->repo, "git worktree add -q ../tree -b linked 2>/dev/null; git -C ../tree branch -q -u origin/main");
	assert_stands(tree, "git commit -q --allow-empty -m more", STANDING_NONE);
	assert_stands(tree, "echo x >a; git commit -qam x; git checkout -q -b y HEAD~1; echo y >a; git commit -qam y; git merge -q linked || true",
		      STANDING_MERGE);
	free(tree);
}

static void test_declined(void **state)
{
	const char *repo = ((struct fixture *)*state)->repo;
	struct state found = {0};
	struct err err = ERR_INIT;
	run(repo, "git config --add branch.main.merge refs/heads/x");
	assert_int_not_equal(compute(&found, repo, &err), 0);
	assert_non_null(strstr(err_text(&err), "branch.main.merge"));
	state_release(&found);
	err_release(&err);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {TEST(test_branches), TEST(test_operations), TEST(test_linked), TEST(test_declined)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
