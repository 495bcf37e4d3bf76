/* Native git in real repositories: it says what git says, or declines and says why. */
#include "native_driver.h"
#include "native_fixture.h"

#include "base/file.h"
#include "git/config_file.h"
#include "git/objects.h"
#include "git/wildmatch.h"

static void test_clean(void **state)
{
	struct fixture *f = *state;
	assert_agrees(f, NATIVE_STATUS, "");
	struct native_result result;
	assert_true(native(f, NATIVE_STATUS, "", false, &result));
	assert_int_equal(result.out.len, 0);
	native_result_release(&result);
}

static void test_every_letter(void **state)
{
	struct fixture *f = *state;
	run(f->repo,
	    "echo more >>a; rm dir/b; echo x >new; mkdir -p u/v w; echo 1 >u/v/f; echo 1 >u.o; ln -sfn elsewhere link; "
	    "chmod +x dir/deep/c; echo s >staged; touch -d '2 hours ago' staged; git add staged; git status -s");
	assert_agrees(f, NATIVE_STATUS, "");
	assert_agrees(f, NATIVE_STATUS, "dir");
	assert_agrees(f, NATIVE_STATUS, "dir/deep");
	assert_agrees(f, NATIVE_STATUS, "u/v");
	struct native_result result;
	assert_true(native(f, NATIVE_STATUS, "dir", false, &result));
	assert_string_equal(str_cstr(&result.out),
			    " M ../a\n D b\n M deep/c\n M ../link\nA  ../staged\n?? ../new\n?? ../u/\n");
	native_result_release(&result);
}

static void test_alternates(void **state)
{
	struct fixture *f = *state;
	run(f->repo, "mkdir ../store; mv .git/objects ../store; mkdir -p .git/objects/info .git/objects/pack; echo \"$PWD/../store/objects\" "
		     ">.git/objects/info/alternates");
	assert_agrees(f, NATIVE_STATUS, "");
}

static void test_commit_graphs(void **state)
{
	struct fixture *f = *state;
	run(f->repo, "git commit-graph write --reachable --split");
	assert_agrees(f, NATIVE_STATUS, "");
	run(f->repo, "git commit -q --allow-empty -m 2; git push -q; git commit-graph write "
		     "--reachable --split=no-merge");
	assert_agrees(f, NATIVE_STATUS, "");
	run(f->repo, "git commit-graph write --reachable --changed-paths");
	assert_agrees(f, NATIVE_STATUS, "");
}

static void test_odd_names(void **state)
{
	struct fixture *f = *state;
	run(f->repo, "touch 'a b' 'q\"q' \"$(printf 't\\tt')\" \"$(printf '\\303\\244')\" 'back\\s' -- -dash; mkdir 'd "
		     "d'; touch 'd d/f'");
	assert_agrees(f, NATIVE_STATUS, "");
	assert_agrees(f, NATIVE_STATUS, "d d");
	run(f->repo, "git config core.quotePath false; git config status.relativePaths false");
	assert_agrees(f, NATIVE_STATUS, "");
	assert_agrees(f, NATIVE_STATUS, "dir");
}

static void test_same_size(void **state)
{
	struct fixture *f = *state;
	run(f->repo, "echo 9 >a");
	assert_agrees(f, NATIVE_STATUS, "");
}

static void test_files_and_directories_swapped(void **state)
{
	struct fixture *f = *state;
	run(f->repo, "rm -r a dir; mkdir a; echo x >a/x; echo x >dir");
	assert_agrees(f, NATIVE_STATUS, "");
}

static void test_deleted_and_kept(void **state)
{
	struct fixture *f = *state;
	run(f->repo, "git rm -q --cached a; git rm -q dir/b");
	assert_agrees(f, NATIVE_STATUS, "");
}

static void test_no_commit(void **state)
{
	struct fixture *f = *state;
	run(f->root, "rm -rf clone; git init -q clone; cd clone; echo x >x; echo y >y; touch -d '1 hour ago' x y; git "
		     "add x; git status -s");
	assert_agrees(f, NATIVE_STATUS, "");
}

static void test_stashes(void **state)
{
	struct fixture *f = *state;
	run(f->repo, "echo x >>a; git stash -q; echo y >>a; git stash push -q -m 'a message'; touch -d '2 hours ago' "
		     "a; git status -s");
	assert_agrees(f, NATIVE_STATUS, "");
	run(f->repo, "git pack-refs --all");
	assert_agrees(f, NATIVE_STATUS, "");
}

static void test_colours(void **state)
{
	struct fixture *f = *state;
	struct native_result result;
	run(f->repo,
	    "echo more >>a; echo x >new; echo s >staged; touch -d '2 hours ago' staged; git add staged; git status -s");
	assert_true(native(f, NATIVE_STATUS, "", true, &result));
	char *git = shell(f->repo, "git -c color.ui=always status -s");
	assert_string_equal(str_cstr(&result.out), git);
	native_result_release(&result);
	setenv("TERM", "dumb", 1);
	assert_true(native(f, NATIVE_STATUS, "", true, &result));
	assert_null(strchr(str_cstr(&result.out), '\033'));
	free(git);
	native_result_release(&result);
}

/* What earlier was left to git: flags, conflicts, types. */
static void test_odd_entries(void **state)
{
	static const char *const commands[] = {
	    "git update-index --assume-unchanged a; echo more >>a",
	    "git update-index --assume-unchanged a; rm a",
	    "echo x >n; git add -N n",
	    "echo x >n; git add -N n; rm n",
	    "rm a; ln -s x a; rm link; echo x >link",
	    "ln -sf x a; git add a; rm -rf link; echo x >link; git add link",
	    "git init -q nested",
	    "git init -q dir/nested; touch dir/other",
	    "git init -q u/nested; touch u/nested/x",
	    "git checkout -q -b side; echo s >a; git rm -q dir/b; echo s >both; git add .; git commit -q -m s; git push -q origin side; git "
	    "checkout -q main; echo m >a; echo m >dir/b; echo m >both; git add .; git commit -q -m m; git push -q; git merge -q side || true",
	    "git checkout -q --detach; git checkout -q main",
	};
	struct fixture *f = *state;
	run(f->root, "mkdir saved; cp -a clone origin.git saved");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		char *command = mem_format("{ %s; } >/dev/null 2>&1", commands[i]);
		run(f->repo, command);
		free(command);
		assert_agrees(f, NATIVE_STATUS, "");
		assert_agrees(f, NATIVE_STATUS, "dir");
		run(f->root, "rm -rf clone origin.git; cp -a saved/* .; cd clone; git status -s");
	}
}

/* Where git writes the index anew, so do we, byte for byte. */
static void test_refresh(void **state)
{
	static const char *const commands[] = {
	    "touch a dir/b",
	    "touch -h link",
	    "echo 9 >a; git add a",
	    "echo 9 >a; git add a; echo 8 >a",
	    "touch a; echo more >>dir/b; rm dir/deep/c",
	    "git update-index --index-version 4; touch a dir/deep/c",
	    "git update-index --index-version 3; touch a; echo x >n; git add -N n",
	    "cp -a a a2; mv a2 a",
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		run(f->repo, commands[i]);
		run(f->repo, "cp -p .git/index ../index.before");
		struct native_result result;
		if (!native(f, NATIVE_STATUS, "", false, &result))
			fail_msg("%s: declined: %s", commands[i], str_cstr(&result.why));
		run(f->repo, "cp -p .git/index ../index.ours; test ! -e .git/index.lock; cp -p ../index.before .git/index");
		char *git = shell(f->repo, STATUS_DEFINITION);
		assert_string_equal(str_cstr(&result.out), git);
		run(f->repo, "cmp .git/index ../index.ours");
		free(git);
		native_result_release(&result);
	}
	run(f->repo, "touch a; cp -p .git/index ../index.before; touch .git/index.lock");
	assert_agrees(f, NATIVE_STATUS, "");
	run(f->repo, "cmp .git/index ../index.before; rm .git/index.lock");
}

/* A work tree that `git worktree` made, and a clone without its history. */
static void test_linked_and_shallow(void **state)
{
	struct fixture *f = *state;
	run(f->repo, "git worktree add -q ../linked -b side; git push -q origin side; echo x >>a; git stash -q; cd ../linked; find . -name .git "
		     "-prune -o -exec touch -h -d '2 hours ago' {} +; git status -s; echo y >new; echo z >a");
	free(f->repo);
	f->repo = mem_format("%s/linked", f->root);
	assert_agrees(f, NATIVE_STATUS, "");
	assert_agrees(f, NATIVE_STATUS, "dir");
	run(f->repo, "git commit -q -a -m unpushed");
	assert_agrees(f, NATIVE_STATUS, "");
	run(f->root, "git --git-dir=origin.git fetch -q clone main; cd clone; git commit -q --allow-empty -m two; git push -q; cd ..; git clone -q "
		     "--depth 1 file://$PWD/origin.git shallow; cd shallow; git status -s; echo x >new");
	free(f->repo);
	f->repo = mem_format("%s/shallow", f->root);
	assert_agrees(f, NATIVE_STATUS, "");
}

static void test_unpushed(void **state)
{
	static const char *const commands[] = {
	    "git commit -q --allow-empty -m x",
	    "git commit -q --allow-empty -m '  y  '; git tag v1; git tag -a -m m v2; git branch side; git branch aside",
	    "git commit -q --allow-empty -m \"$(printf 'first\\nsecond  \\n\\nbody')\"; git checkout -q --detach",
	    "git checkout -q -b other origin/main; git commit -q --allow-empty -m z --date '1 hour'; sleep 1; git commit -q --allow-empty -m zz",
	    "git push -q origin other; git checkout -q main; git pack-refs --all --prune; git gc -q",
	    "git commit -q --allow-empty -m '\303\244 \377'; git reset -q --hard HEAD^; git checkout -q side; git tag -d v1",
	    "git commit-tree -m '' HEAD^{tree} >id; git update-ref refs/heads/lone $(cat id); rm id",
	    "git branch -D lone; git checkout -q --orphan root; GIT_COMMITTER_DATE='@2000000000 +0000' git commit -q -m rooted",
	    "git remote rm origin; git branch -D other side aside; git checkout -q root; git branch -D main",
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		char *command = mem_format("{ %s; } >/dev/null 2>&1", commands[i]);
		run(f->repo, command);
		free(command);
		assert_agrees(f, NATIVE_STATUS, "");
	}
}

/* A piece that is declined leaves the others. */
static void test_pieces(void **state)
{
	struct fixture *f = *state;
	struct native_result result;
	run(f->repo, "echo x >new; git mv a z");
	assert_false(native(f, NATIVE_STATUS, "", false, &result));
	assert_string_equal(str_cstr(&result.why), "a rename may be staged");
	assert_true(!result.pieces[0].done && result.pieces[1].done && result.pieces[2].done);
	assert_int_equal(result.out.len, 0);
	native_result_release(&result);
}

/* Many files, so that threads share the work. */
static void test_threads(void **state)
{
	struct fixture *f = *state;
	/* A collection in the background would be in the way of the end. */
	run(f->repo, "git config gc.auto 0; mkdir -p big/deep flat; for i in $(seq 9000); do echo $i >flat/$i; done; for d in $(seq 90); do "
		     "mkdir big/deep/$d; for i in $(seq 60); do echo $i >big/deep/$d/$i; done; done; git add .; git commit -q -m big; git push "
		     "-q; rm flat/77 big/deep/8/9; echo x >flat/8000; echo new >big/deep/12/new; touch flat/9 big/deep/77/7; mkdir flat/u; "
		     "echo >flat/u/v");
	assert_agrees(f, NATIVE_STATUS, "");
	assert_agrees(f, NATIVE_STATUS, "big/deep/12");
}

static void test_status_declines(void **state)
{
	static const struct decline cases[] = {
	    {"git config core.fsmonitor true", "core.fsmonitor has the value true"},
	    {"git config core.worktree /tmp", "core.worktree is set"},
	    {"git config status.branch true", "status.branch has the value true"},
	    {"git config color.status always", "color.status has the value always"},
	    {"git config unheard.of 1", "unheard.of is set"},
	    {"git config core.repositoryformatversion 1", "core.repositoryformatversion has the value 1"},
	    {"git config core.abbrev 3", "core.abbrev has the value 3"},
	    {"git checkout -q -b s; git commit -q --allow-empty -m x; git checkout -q main; git commit -q --allow-empty -m y; git merge -q s",
	     "unpushed commits fork or merge"},
	    {"git commit -q --allow-empty -m x; git update-ref refs/odd/x HEAD", "refs/odd/x names an unpushed commit"},
	    {"git -c i18n.commitEncoding=latin1 commit -q --allow-empty -m x", "there is much history"},
	    {"git mv a z", "a rename may be staged"},
	    {"ln -sfn z link; f=.git/objects/$(git rev-parse HEAD:link | sed 's,..,&/,'); chmod u+w $f; echo junk >$f", "an object is damaged"},
	    {"git update-index --skip-worktree a", "the index has entries with flags"},
	    {"rm a; mkfifo a", "a is neither a file nor a link now"},
	    {"mkdir -p nested/.git; touch nested/x", "nested/ may be a repository"},
	    {"git init -q dir/deep", "dir/deep/ has a repository of its own"},
	    {"rm a; echo x >n; git add -N n", "a rename may be intended"},
	    {"git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),sub", "the index has submodules"},
	    {"git update-index --untracked-cache", "the index has an extension other than TREE, REUC, EOIE and IEOT"},
	    {"echo '* filter=x' >.gitattributes; echo 9 >a", ".gitattributes"},
	    {"echo junk >.git/refs/heads/odd", "refs/heads/odd is broken"},
	    {"mv a b; printf '100644 %s 1\\tb\\n' $(git rev-parse HEAD:a) | git update-index --index-info",
	     "a rename may be intended"},
	    {"id=$(git rev-parse HEAD:a); git rm -q --cached a; printf '100644 %s 2\tz\n100644 %s 3\ta\n' $id $id | git update-index --index-info",
	     "a rename may be intended"},
	    {"echo /nowhere/objects >.git/objects/info/alternates", "its alternates are not simple"},
	    {"echo junk >.git/objects/info/commit-graph", "commit-graph is odd"},
	    {"git commit-graph write --reachable --split; cd .git/objects/info/commit-graphs; chmod u+w *; echo junk >>commit-graph-chain",
	     "commit-graphs/commit-graph-chain is odd"},
	    {"git update-ref refs/heads/HEAD HEAD", "refs/heads/HEAD makes a name ambiguous"},
	    {"ln -s none .git/refs/heads/odd", "refs/heads/odd is no regular file"},
	    {"echo 1234567890123456789012345678901234567890 >.git/refs/heads/odd", "refs/heads/odd has no object"},
	    {"rm .gitignore; ln -s x .gitignore", ".gitignore"},
	    {"git replace HEAD $(git commit-tree -m r HEAD^{tree})", "objects are replaced"},
	    {"echo >.git/shallow", "its git directory has an odd file shallow"},
	    {"git branch -f lone $(git commit-tree -m x HEAD^{tree}); git rev-parse HEAD >.git/shallow", "its git directory has shallow"},
	    {"mv .git ../moved; echo 'gitdir: ../moved' >.git",
	     "its git directory is not a directory of the user's own"},
	    {"printf broken >.git/index", "the index is damaged"},
	    {"mkdir -p .git/hooks; ln -s /bin/true .git/hooks/post-index-change; touch -d '1 hour ago' a", "it has the hook post-index-change"},
	    {"mkdir hooks; ln -s /bin/true hooks/post-index-change; git config core.hooksPath \"$PWD/hooks\"; touch -d '1 hour ago' a",
	     "it has the hook post-index-change"},
	    {"git config core.hooksPath hooks; touch -d '1 hour ago' a", "core.hookspath is no absolute path"},
	    {"printf '[core\\n' >.git/config", "/.git/config line 1 is not understood"},
	    {"git tag -m s v1; cp .git/refs/tags/v1 .git/refs/heads/t", "history"},
	};
	assert_declines(*state, NATIVE_STATUS, cases, sizeof cases / sizeof *cases);
}

static void test_environment(void **state)
{
	static const struct {
		const char *name;
		const char *value;
		bool status, update;
	} cases[] = {
	    {"GIT_EDITOR", "x", true, true},	     {"GIT_AUTHOR_DATE", "x", true, true},
	    {"GIT_DIR", "x", false, false},	     {"GIT_TRACE", "1", false, false},
	    {"GIT_CONFIG_COUNT", "0", true, true}, {"GIT_CONFIG_COUNT", "1", false, false}, {"GIT_CONFIG_GLOBAL", "relative", false, false},
	    {"LANG", "de_DE.UTF-8", true, true},     {"LANG", "en_GB.UTF-8", true, true},
	    {"LANGUAGE", "en:fr", true, true},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct native_result result;
		setenv(cases[i].name, cases[i].value, 1);
		assert_int_equal(native(f, NATIVE_STATUS, "", false, &result), cases[i].status);
		native_result_release(&result);
		assert_int_equal(native(f, NATIVE_UPDATE, "", false, &result), cases[i].update);
		native_result_release(&result);
		unsetenv(cases[i].name);
	}
}

/* A file of the user's own configuration, included under a condition, counts. */
static void test_conditional_include(void **state)
{
	struct fixture *f = *state;
	struct native_result result;
	run(f->root,
	    "git config --global includeIf.gitdir:~/clone/.path ~/more; git config -f more core.fsmonitor true");
	assert_false(native(f, NATIVE_STATUS, "", false, &result));
	assert_string_equal(str_cstr(&result.why), "core.fsmonitor has the value true");
	native_result_release(&result);
	run(f->root, "git config -f more --unset core.fsmonitor; git config -f more user.name m");
	assert_agrees(f, NATIVE_STATUS, "");
	run(f->root, "git config --global includeIf.onbranch:main.path ~/more");
	assert_agrees(f, NATIVE_STATUS, "");
	run(f->root, "git config -f more status.branch true");
	assert_false(native(f, NATIVE_STATUS, "", false, &result));
	assert_string_equal(str_cstr(&result.why), "status.branch has the value true");
	native_result_release(&result);
	run(f->root, "git config --global 'includeIf.hasconfig:remote.*.url:x.path' ~/more");
	assert_false(native(f, NATIVE_STATUS, "", false, &result));
	native_result_release(&result);
}

static void test_line_endings(void **state)
{
	struct fixture *f = *state;
	struct native_result result;
	run(f->repo, "echo '* text=auto' >.gitattributes; echo 9 >a");
	assert_agrees(f, NATIVE_STATUS, "");
	run(f->repo, "printf '\\r\n' >a");
	assert_false(native(f, NATIVE_STATUS, "", false, &result));
	assert_string_equal(str_cstr(&result.why), "a has carriage returns");
	native_result_release(&result);
}

static void test_index_versions(void **state)
{
	struct fixture *f = *state;
	run(f->repo, "touch -d '1 hour ago' dir/e dir/deep/ca 'dir/deep/c b'; git add .; git status -s");
	for (int version = 2; version <= 4; version++) {
		char *command = mem_format("git update-index --index-version %d; git status -s", version);
		run(f->repo, command);
		assert_agrees(f, NATIVE_STATUS, "");
		free(command);
	}
}

static void write_index(const struct fixture *f, struct slice bytes)
{
	char *path = mem_format("%s/.git/index", f->repo);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	assert_int_equal(fclose(file), 0);
	free(path);
}

/* With these bytes as its index: declined, or git, which does not look at the checksum either, says the same. */
static bool check_index(const struct fixture *f, struct slice bytes)
{
	struct native_result result;
	write_index(f, bytes);
	bool done = native(f, NATIVE_STATUS, "", false, &result);
	if (done) {
		char *git = shell(f->repo, "git status -s"); /* no stash, nothing unpushed */
		assert_string_equal(str_cstr(&result.out), git);
		free(git);
	}
	native_result_release(&result);
	return done;
}

/* Any cut and any changed byte of an index is survived. The index is a new one, without the trees that git and we
 * believe. */
static void test_damaged_index(void **state)
{
	struct fixture *f = *state;
	char *path = mem_format("%s/.git/index", f->repo);
	run(f->repo, "rm .git/index; git add .; git status -s");
	for (int version = 2; version <= 4; version += 2) {
		struct str bytes = STR_INIT;
		struct err err = ERR_INIT;
		char *command = mem_format("git update-index --index-version %d", version);
		run(f->repo, command);
		assert_int_equal(file_read(path, &bytes, &err), 0);
		for (size_t len = 0; len < bytes.len; len++)
			assert_false(check_index(f, slice_make(bytes.data, len)));
		for (size_t at = 0; at < bytes.len; at += 3) {
			char was = bytes.data[at];
			bytes.data[at] = (char)(was ^ (at % 2 ? 0xff : 1 << at % 8));
			check_index(f, str_slice(&bytes));
			bytes.data[at] = was;
		}
		assert_true(check_index(f, str_slice(&bytes)));
		str_release(&bytes);
		free(command);
	}
	free(path);
}

static void test_nothing_to_pull(void **state)
{
	struct fixture *f = *state;
	struct native_result result;
	run(f->repo, "git push -q origin main:other main:deep/er; git tag v1; git push -q --tags; git fetch -q; rm -f "
		     ".git/FETCH_HEAD");
	assert_true(native(f, NATIVE_UPDATE, "dir", false, &result));
	assert_string_equal(str_cstr(&result.out), "Already up to date.\n");
	assert_int_equal(result.err.len, 0);
	native_result_release(&result);
	static const char files[] =
	    "cat .git/FETCH_HEAD .git/ORIG_HEAD; find . -path ./.git/objects -prune -o -printf '%p %m %s\n' | sort";
	char *ours = shell(f->repo, files);
	run(f->repo, "rm .git/FETCH_HEAD .git/ORIG_HEAD; git pull -q");
	char *git = shell(f->repo, files);
	assert_string_equal(ours, git);
	free(ours);
	free(git);
}

/* Ahead of the upstream, with changes in the work tree, by a relative URL or one of scheme file: still nothing to pull.
 */
static void test_nothing_to_pull_otherwise(void **state)
{
	static const char *const commands[] = {
	    "git commit -q --allow-empty -m ahead; echo x >>a; echo x >untracked",
	    "git remote set-url origin ../origin.git",
	    "git remote set-url origin ../origin.git/",
	    "git remote set-url origin \"file://$(realpath ../origin.git)\"",
	    "git config pull.ff only; git config pull.rebase false",
	    "git config remote.origin.fetch +refs/heads/main:refs/remotes/origin/main; git --git-dir=../origin.git "
	    "branch hidden main",
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		run(f->repo, commands[i]);
		assert_agrees(f, NATIVE_UPDATE, "");
		char *git = shell(f->repo, "cat .git/FETCH_HEAD");
		assert_agrees(f, NATIVE_UPDATE, "dir");
		struct native_result result;
		assert_true(native(f, NATIVE_UPDATE, "", false, &result));
		char *ours = shell(f->repo, "cat .git/FETCH_HEAD");
		assert_string_equal(ours, git);
		native_result_release(&result);
		free(ours);
		free(git);
	}
}

static void test_update_declines(void **state)
{
	static const struct decline cases[] = {
	    {"git --git-dir=../origin.git config uploadpack.hideRefs x", "uploadpack.hiderefs is set"},
	    {"git --git-dir=../origin.git update-ref -d refs/heads/main", "the upstream is gone or not fetched"},
	    {"git update-ref refs/remotes/origin/main $(git commit-tree -m x HEAD^{tree})", "refs/heads/main has news"},
	    {"git checkout -q --detach", "HEAD is not on a branch with a commit"},
	    {"git checkout -q -b lone", "refs/heads/lone follows nothing"},
	    {"git remote set-url origin https://127.0.0.1/x", "the remote is not local"},
	    {"git remote set-url origin host:x", "the remote is not local"},
	    {"git config --add branch.main.merge refs/heads/x", "branch.main.merge is not one branch"},
	    {"git remote set-url origin ../none", "the remote is not a directory of the user's own"},
	    {"git config --add remote.origin.fetch ^refs/heads/x", "the refspec ^refs/heads/x is not plain"},
	    {"git config --add remote.origin.fetch refs/heads/main:refs/x", "refs/heads/main has news"},
	    {"git config remote.origin.fetch main", "the refspec main is not plain"},
	    {"git config branch.main.merge refs/heads/none", "the upstream is gone or not fetched"},
	    {"git config branch.main.rebase true; git commit -q --allow-empty -m x", "there may be something to merge or to rebase"},
	    {"git config pull.rebase true; echo x >>a; touch -d yesterday a", "there are local changes"},
	    {"git config pull.rebase true; echo x >>a; touch -d yesterday a; git add a", "there are local changes"},
	    {"git config pull.rebase preserve", "pull.rebase has the value preserve"},
	    {"git config fetch.prune true; git update-ref refs/remotes/origin/gone HEAD", "refs/remotes/origin/gone is to be pruned"},
	    {"git config fetch.writeCommitGraph true", "fetch.writecommitgraph has the value true"},
	    {"git config url./x.insteadOf \"$(dirname $(git config remote.origin.url))\"", "the remote is not a directory of the user's own"},
	    {"git config core.hooksPath x", "core.hookspath is no absolute path"},
	    {"printf '#!/bin/sh\n' >.git/hooks/reference-transaction", "it has the hook reference-transaction"},
	    {"echo >.git/MERGE_MSG", "its git directory has MERGE_MSG"},
	    {"touch .gitmodules", "it has submodules"},
	    {"mkdir -p .git/objects/17; for i in $(seq 30); do touch .git/objects/17/$i; done",
	     "a garbage collection may be due"},
	};
	assert_declines(*state, NATIVE_UPDATE, cases, sizeof cases / sizeof *cases);
}

/* What is run instead of `git pull` where there is news. */
static void test_halves(void **state)
{
	static const char fetch[] = "git fetch --update-head-ok --no-auto-maintenance || ";
	static const char merge[] = "exec git -c maintenance.auto=false merge --ff-only FETCH_HEAD";
	static const char news[] = "git fetch -q; git commit -q --allow-empty -m x; git push -q; git update-ref refs/remotes/origin/main HEAD^; "
				   "git reset -q --hard HEAD^";
	static const struct {
		const char *command;
		enum native_operation operation;
		const char *script;
		bool fetches;
	} cases[] = {
	    {"git --git-dir=../origin.git branch other main", NATIVE_UPDATE, fetch, true},
	    {"git --git-dir=../origin.git tag v1 main", NATIVE_UPDATE, fetch, true},
	    {news, NATIVE_UPDATE, fetch, true},
	    {"git fetch -q", NATIVE_MERGE, merge, false},
	    {"true", NATIVE_UPDATE, merge, false},
	    {"git config pull.rebase true; git config rebase.autoStash true", NATIVE_MERGE,
	     "exec git -c maintenance.auto=false merge --autostash --ff-only FETCH_HEAD", false},
	    {"git config filter.x.clean cat", NATIVE_MERGE, "exec git merge --autostash --ff-only FETCH_HEAD", false},
	    {"git config gc.auto 1; mkdir -p .git/objects/17; touch .git/objects/17/1", NATIVE_MERGE,
	     "git maintenance run --auto --no-quiet", false},
	    {"git config pull.ff false", NATIVE_MERGE, NULL, false},
	    {"git config pull.ff only; git commit -q --allow-empty -m y", NATIVE_MERGE, NULL, false},
	    {"git config pull.rebase false; git merge -q FETCH_HEAD", NATIVE_MERGE, "merge --ff-only FETCH_HEAD", false},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct native_result result;
		run(f->repo, cases[i].command);
		assert_false(native(f, cases[i].operation, "", false, &result));
		if (cases[i].script ? !strstr(str_cstr(&result.script), cases[i].script) : result.script.len > 0)
			fail_msg("%s: %s %s", cases[i].command, str_cstr(&result.script), str_cstr(&result.why));
		assert_int_equal(result.fetches, cases[i].fetches);
		native_result_release(&result);
	}
	run(f->repo, "git config gc.auto 0");
	assert_agrees(f, NATIVE_MERGE, "");
}

static struct oid id_of(const struct fixture *f, const char *revision)
{
	char *command = mem_format("git rev-parse %s", revision);
	char *hex = shell(f->repo, command);
	struct oid id;
	assert_true(oid_parse(&id, hex));
	free(hex);
	free(command);
	return id;
}

/* Near and far, simple and such that libgit2 has to look. */
static void test_relations(void **state)
{
	static const struct {
		const char *ours, *theirs;
		enum objects_relation relation;
	} cases[] = {
	    {"main", "main", OBJECTS_AHEAD},   {"main", "main^", OBJECTS_AHEAD},   {"main^", "main", OBJECTS_BEHIND},
	    {"main", "main~90", OBJECTS_AHEAD}, {"main~90", "main", OBJECTS_BEHIND}, {"main", "side", OBJECTS_APART},
	    {"side", "main", OBJECTS_APART},   {"main~95", "side", OBJECTS_BEHIND}, {"main", "other", OBJECTS_APART},
	    {"other", "main~94", OBJECTS_APART}, {"side", "side^2", OBJECTS_AHEAD}, {"side^2", "side", OBJECTS_BEHIND},
	};
	static const char *const forms[] = {"true", "git gc -q", "git commit-graph write --reachable"};
	struct fixture *f = *state;
	run(f->repo, "for n in $(seq 99); do git commit -q --allow-empty -m $n; done; git branch side main~95; "
		     "git checkout -q --orphan other; git commit -q -m other; git checkout -q side; git commit -q --allow-empty -m side; "
		     "git merge -q -s ours --allow-unrelated-histories -m m other; git checkout -q other; git commit -q --allow-empty -m more");
	for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
		run(f->repo, forms[form]);
		char *dir = mem_format("%s/.git", f->repo);
		struct objects *objects = objects_open(dir, -1);
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
			struct oid ours = id_of(f, cases[i].ours), theirs = id_of(f, cases[i].theirs);
			enum objects_relation relation;
			struct err err = ERR_INIT;
			assert_int_equal(objects_relate(objects, &ours, &theirs, &relation, &err), 0);
			if (relation != cases[i].relation)
				fail_msg("%s and %s, after %s: %d", cases[i].ours, cases[i].theirs, forms[form], (int)relation);
		}
		objects_close(objects);
		free(dir);
	}
}

static void test_wildmatch(void **state)
{
	static const struct {
		const char *pattern;
		const char *text;
		bool paths, matches;
	} cases[] = {
	    {"*", "a/b", false, true},	       {"*", "a/b", true, false},	 {"**", "a/b", true, true},
	    {"a/**", "a/b/c", true, true},     {"a/**", "a", true, false},	 {"**/b", "b", true, true},
	    {"**/b", "a/a/b", true, true},     {"a/**/b", "a/b", true, true},	 {"a/**/b", "a/x/y/b", true, true},
	    {"a/**/b", "a/x/yb", true, false}, {"a**b", "a/b", true, false},	 {"**/*a*/b", "x/ya/b", true, true},
	    {"[a-c]x", "bx", true, true},      {"[!a-c]x", "bx", true, false}, {"[c-a]", "c", true, true},	 {"[c-a]", "a", true, false},	 {"[]]", "]", true, true},
	    {"[a", "a", true, false},	       {"[[:digit:]]", "7", true, true}, {"[[:none:]7]", "7", true, false},
	    {"?", "/", true, false},	       {"\\*", "*", true, true},	 {"\\*", "a", true, false},
	    {"a\\", "a", true, false},	       {"[/]", "/", true, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (wildmatch(cases[i].pattern, cases[i].text, cases[i].paths) != cases[i].matches)
			fail_msg("%s against %s", cases[i].pattern, cases[i].text);
}

/* Patterns that take forever when every star is tried with every other. */
static void test_wildmatch_is_quick(void **state)
{
	char text[4001];
	(void)state;
	memset(text, 'a', 4000);
	text[4000] = '\0';
	assert_false(wildmatch("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text, true));
	assert_false(wildmatch("**/*a*a*a/**/*a*a*a*a*a*a*a*b", text, true));
}

static void test_config_grammar(void **state)
{
	static const struct {
		const char *text;
		bool ok;
	} cases[] = {
	    {"", true},
	    {"# x\n\n; y\n[a]\n\tb = c # d\n\te\n", true},
	    {"[a \"b\\\"]\"] # x\nc=\"d # e\" f", true},
	    {"[a.b]\r\nc = d\r\n", true},
	    {"[a]\nb = c\\\n d\ne = f\n", true},
	    {"[a]\nb = \"c\n", false},
	    {"[a]\nb = \\q\n", false},
	    {"[a]\n1b = c\n", false},
	    {"[a]\nb c\n", false},
	    {"[a]\nb = c\\\n", false},
	    {"[a\n", false},
	    {"[a \"b]\n", false},
	    {"[]\n", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = ERR_INIT;
		struct config_file file = {0};
		if ((config_file_parse(&file, "f", slice_of(cases[i].text), &err) == 0) != cases[i].ok)
			fail_msg("case %zu: %s", i, err_text(&err));
		config_file_release(&file);
		err_release(&err);
	}
}

#define REAL(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

/* With arguments it is the driver of tests/cli/update-property.t. */
int main(int argc, char **argv)
{
	if (argc > 1)
		return native_driver(argc, argv);
	const struct CMUnitTest tests[] = {
	    REAL(test_clean),
	    REAL(test_every_letter),
	    REAL(test_alternates),
	    REAL(test_commit_graphs),
	    REAL(test_odd_names),
	    REAL(test_same_size),
	    REAL(test_files_and_directories_swapped),
	    REAL(test_deleted_and_kept),
	    REAL(test_no_commit),
	    REAL(test_stashes),
	    REAL(test_colours),
	    REAL(test_odd_entries),
	    REAL(test_refresh),
	    REAL(test_linked_and_shallow),
	    REAL(test_unpushed),
	    REAL(test_pieces),
	    REAL(test_threads),
	    REAL(test_status_declines),
	    REAL(test_environment),
	    REAL(test_conditional_include),
	    REAL(test_line_endings),
	    REAL(test_index_versions),
	    REAL(test_damaged_index),
	    REAL(test_nothing_to_pull),
	    REAL(test_nothing_to_pull_otherwise),
	    REAL(test_update_declines),
	    REAL(test_halves),
	    REAL(test_relations),
	    cmocka_unit_test(test_wildmatch),
	    cmocka_unit_test(test_wildmatch_is_quick),
	    cmocka_unit_test(test_config_grammar),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
