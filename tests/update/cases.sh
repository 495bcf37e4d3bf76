# The cases of tests/cli/update-equality.t, in the words of world.sh. A case begins with its repository.

# Nothing new
repo nothing
repo nothing-file file
repo nothing-https https
repo nothing-ssh ssh
repo nothing-packed
git pack-refs --all
repo nothing-ahead
commit
repo nothing-dirty
echo dirty >>file
echo untracked >untracked
echo staged >staged
git add staged
repo nothing-pulled
git pull -q
repo 'name with blank'
repo nothing-relative
set_config remote.origin.url x
git config --replace-all remote.origin.url ../../../remotes/nothing-relative.git
repo nothing-no-suffix
git config remote.origin.url "${r%.git}"
repo nothing-slashes
git config remote.origin.url "$r//"
repo nothing-worktree-remote
git clone -q "$r" "$R/with-files"
git config remote.origin.url "$R/with-files"
repo nothing-separate
mv .git "$C/separate.git"
echo "gitdir: ../separate.git" >.git

# Fast-forward
repo ff
up "$N1"
repo ff-file file
up "$N2"
repo ff-https https
up "$N2"
repo ff-ssh ssh
up "$N2"
fetch=no
repo ff-two
up "$N2"
repo ff-merge
up "$MERGE"
repo ff-mode
up "$MODE"
repo ff-tree
up "$TREE"
repo ff-gone
up "$GONE"
repo ff-many
up "$MANY"
repo ff-binary
up "$BINARY"
repo ff-attributes
up "$ATTRIBUTES"
repo ff-attributes-here
printf 'file text eol=crlf\n' >.git/info/attributes
up "$N1"
repo ff-autocrlf
set_config core.autocrlf true
up "$N1"
for news in EXEC LINK ODD EDGES BIG NAMES SAMETREE MODULES RULES; do
	repo "ff-$(echo $news | tr A-Z a-z)"
	eval "up \$$news"
done
repo ff-unlink
at "$LINK"
up "$UNLINK"
repo ff-untree
at "$TREE"
up "$UNTREE"
repo ff-small
at "$BIG"
up "$SMALL"
repo ff-back-and-forth
at "$EXEC"
up "$N2"
repo ff-all-branches
up "$N2"
up "$S2" side
up "$O1" fresh/branch
up "$T1" refs/tags/v3
repo ff-side
git checkout -q side
up "$S2" side
repo ff-fetched
git --git-dir="$r" update-ref refs/heads/master "$N1"
git fetch -q
repo ff-stat-dirty
keep_index
up "$N1"

# Local changes, in the way or not
repo dirty
echo dirty >>other
up "$N1"
repo dirty-in-way
echo dirty >>file
up "$N1"
repo dirty-in-way-https https
echo dirty >>file
up "$N1"
repo dirty-same
echo mine >>file
up "$SAME"
repo staged
echo staged >staged
git add staged
up "$N1"
repo staged-in-way
echo staged >>file
git add file
up "$N1"
repo staged-same
echo mine >>file
git add file
up "$SAME"
repo staged-new-in-way
echo mine >new
git add new
up "$N2"
repo untracked
echo untracked >untracked
up "$N1"
repo untracked-in-way
echo untracked >new
up "$N2"
repo untracked-same
echo new >new
up "$N2"
repo untracked-dir-in-way
mkdir new
echo x >new/x
up "$N2"
repo ignored-in-way
echo precious >a.log
up "$LOG"
repo ignored-dir-in-way
mkdir a.log
echo precious >a.log/x
up "$LOG"
repo link-in-way
rm -r sub
ln -s dir sub
up "$GONE"
repo link-to-dir-in-way
ln -s dir new
up "$N2"
repo untracked-in-new-dir
mkdir some
echo x >some/deep
up "$BIG"
repo executable-here
chmod +x file
up "$EXEC"
repo executable-in-way
chmod +x file
up "$N1"
repo unreadable-in-way
echo x >new
chmod 0 new
up "$N2"
repo deleted
rm file
up "$N2"
repo deleted-in-way
git rm -q file
up "$N1"
repo dirty-deleted-there
echo dirty >>file
up "$GONE"
repo untracked-in-deleted-dir
echo x >sub/untracked
up "$GONE"
repo dirty-autostash
echo dirty >>other
set_config merge.autoStash true
up "$N1"
repo intent-to-add
echo x >soon
git add -N soon
up "$N1"
repo skip-worktree
git update-index --skip-worktree other
echo x >>other
up "$N1"
repo assume-unchanged
git update-index --assume-unchanged file
echo x >>file
up "$N1"
repo stash-ahead
echo x >>file
git stash -q
up "$N1"

# Diverged
repo diverged
commit
up "$N1"
repo diverged-https https
commit
up "$N1"
repo diverged-merge
commit
set_config pull.rebase false
up "$N1"
repo diverged-rebase
commit
set_config pull.rebase true
up "$N1"
repo diverged-conflict
commit file
set_config pull.rebase false
up "$N1"
repo diverged-rebase-conflict
commit file
set_config branch.master.rebase true
up "$N1"
repo diverged-ff-only
commit
set_config pull.ff only
up "$N1"
repo diverged-rebase-dirty
commit
echo dirty >>other
set_config pull.rebase true
up "$N1"
repo diverged-autostash
commit
echo dirty >>other
set_config pull.rebase true rebase.autoStash true
up "$N1"
repo unrelated
up "$O1"
set_config pull.rebase false
repo forced
up "$F2"
repo forced-rebase ssh
up "$F2"
set_config pull.rebase true
repo forced-back
up "$M1"
fetch=yes
repo forced-side
up "$O1" side
repo forced-side-refused
git config remote.origin.fetch 'refs/heads/*:refs/remotes/origin/*'
up "$O1" side
up "$N1"

# How to pull
fetch=no
repo ff-rebase
set_config pull.rebase true
up "$N1"
repo ff-rebase-dirty
set_config pull.rebase true
echo dirty >>other
up "$N1"
repo ff-rebase-stash
set_config pull.rebase true rebase.autoStash true
echo dirty >>other
up "$N1"
repo ff-rebase-stash-in-way
set_config pull.rebase true rebase.autoStash true
echo dirty >>file
up "$N1"
repo ff-rebase-untracked-in-way
set_config branch.master.rebase true
echo untracked >new
up "$N2"
repo ff-rebase-fetched
set_config pull.rebase true
git --git-dir="$r" update-ref refs/heads/master "$N1"
git fetch -q
repo ff-rebase-merges
set_config pull.rebase merges
up "$MERGE"
repo ff-only
set_config pull.ff only
up "$N1"
repo ff-yes
set_config pull.ff true merge.ff only
up "$N1"
repo ff-fetched-dirty-in-way
git --git-dir="$r" update-ref refs/heads/master "$N1"
git fetch -q
echo dirty >>file
repo ff-fetched-diverged
commit
git --git-dir="$r" update-ref refs/heads/master "$N1"
git fetch -q
repo ff-no
set_config pull.ff false
up "$N1"
repo ff-merge-no
set_config merge.ff false
up "$N1"
repo ff-merge-options
set_config branch.master.mergeOptions --no-stat
up "$N1"
repo ff-no-stat
set_config merge.stat false
up "$N1"
repo ff-colour
set_config color.ui always
up "$N1"
repo ff-quote
set_config core.quotePath false
up "$MANY"
repo ff-verify
set_config merge.verifySignatures true
up "$N1"
repo nothing-rebase
set_config pull.rebase true
repo nothing-ff-only
set_config pull.ff only
repo nothing-rebase-dirty
echo dirty >>file
set_config pull.rebase true

# Tags
fetch=yes
repo tag-new
up "$M1" refs/tags/fresh
repo tag-new-https https
up "$M1" refs/tags/fresh
repo tag-new-ssh ssh
up "$M1" refs/tags/fresh
repo tag-annotated
up "$T1" refs/tags/v3
up "$N1"
repo tag-elsewhere
up "$O1" refs/tags/elsewhere
repo tag-annotated-not-there
up "$T1" refs/tags/v3
repo tag-moved
up "$M2" refs/tags/v1
repo tag-moved-forced
up "$M2" refs/tags/v1
set_config remote.origin.fetch '+refs/tags/*:refs/tags/*'
repo tag-deleted
down refs/tags/v1
repo tag-deleted-prune
down refs/tags/v1
set_config fetch.prune true fetch.pruneTags true
repo tag-deleted-here
git tag -d v1 >/dev/null
repo tag-local
git tag mine
repo tag-none
set_config remote.origin.tagOpt --no-tags
up "$M1" refs/tags/fresh
repo tag-all https
set_config remote.origin.tagOpt --tags
up "$O1" refs/tags/elsewhere
repo tag-of-blob
up "$(git --git-dir="$r" rev-parse "$M1:file")" refs/tags/blob

repo tag-new-ahead
commit
up "$M1" refs/tags/fresh
repo tag-new-forced
up "$M1" refs/tags/fresh
up "$F2"
repo tag-new-forced-tags
set_config remote.origin.tagOpt --tags
up "$F2" refs/tags/fresh
up "$F2"
repo tag-new-rebase
set_config pull.rebase true
up "$M1" refs/tags/fresh

# Branches that come and go
repo branch-new
up "$S2" fresh
repo branch-new-ahead
commit
up "$S2" side
repo branch-new-rebase
set_config pull.rebase true
up "$S2" side
repo branch-new-rebase-dirty
set_config pull.rebase true
echo dirty >>other
up "$S2" side
repo branch-new-rebase-ahead
commit
set_config pull.rebase true
up "$S2" side
repo branch-new-fetched
git --git-dir="$r" update-ref refs/heads/master "$N1"
git fetch -q
up "$S2" fresh
repo branch-new-ssh ssh
up "$S2" fresh
repo branch-gone
down refs/heads/side
repo branch-gone-https https
down refs/heads/side
repo branch-gone-prune
down refs/heads/side
set_config fetch.prune true
repo branch-gone-prune-remote
down refs/heads/side
set_config remote.origin.prune true
repo branch-gone-no-prune
down refs/heads/side
set_config fetch.prune true remote.origin.prune false
repo branch-in-the-way
down refs/heads/side
up "$S2" side/more
repo branch-in-the-way-prune
down refs/heads/side
up "$S2" side/more
set_config fetch.prune true
repo tracking-gone
git update-ref -d refs/remotes/origin/side
repo tracking-stale
git update-ref refs/remotes/origin/old HEAD

# The remote's HEAD
repo head-moved
echo 'ref: refs/heads/side' >"$r/HEAD"
repo head-missing-here
git remote set-head origin -d
repo head-detached-there https
echo "$M1" >"$r/HEAD"
repo head-dangling https
echo 'ref: refs/heads/nowhere' >"$r/HEAD"

# Where HEAD is here
fetch=no
repo detached
git checkout -q --detach
up "$N1"
repo no-upstream
git checkout -q -b own
up "$N1"
repo no-upstream-https https
git checkout -q -b own
repo upstream-gone
git checkout -q side
down refs/heads/side
repo upstream-gone-https https
git checkout -q side
down refs/heads/side
repo upstream-gone-prune
git checkout -q side
down refs/heads/side
set_config fetch.prune true
repo upstream-local
git checkout -q -b own --track master
up "$N1"
repo upstream-other-name
git checkout -q -b own --track origin/side
up "$S2" side
repo upstream-two
git config --add branch.master.merge refs/heads/side
set_config pull.rebase false
repo unborn
git checkout -q --orphan fresh
git rm -rfq .
repo unborn-cloned
rm -rf "$r"
git init -q --bare "$r"
clone "$r"
repo unborn-cloned-then-pushed
git init -q --bare "$R/void.git"
clone "$R/void.git"
git -C "$C/$name" config remote.origin.url "$r"
repo emptied
rm -rf "$r"
git init -q --bare "$r"
repo emptied-https https
rm -rf "$r"
git init -q --bare "$r"

# Several remotes
fetch=yes
repo remotes
cp -a "$R/template.git" "$R/second.git"
git remote add second "$R/second.git"
up "$N1"
repo remotes-second-new
cp -a "$R/template.git" "$R/third.git"
git remote add third "$R/third.git"
git fetch -q third
echo "$N2" >"$R/third.git/refs/heads/master"
repo remotes-skip
git remote add gone "$R/nowhere.git"
set_config remote.gone.skipFetchAll true
up "$N1"
repo remotes-gone
git remote add gone "$R/nowhere.git"
repo remotes-odd-name
set_config remote./odd.prune true
repo remotes-push-default
git remote add mine "$R/template.git"
set_config remote.pushDefault mine branch.master.pushRemote mine
up "$N1"
repo remotes-upstream-second
git remote add -f second "$R/template.git" >/dev/null 2>&1
git branch -q -u second/master
up "$N1"
repo remotes-url-as-remote
git config branch.master.remote "$r"
up "$N1"

# Refspecs
repo refspec-single
git config remote.origin.fetch '+refs/heads/master:refs/remotes/origin/master'
up "$N1"
up "$S2" side
repo refspec-two
git config --add remote.origin.fetch '+refs/notes/*:refs/notes/*'
up "$O1" refs/notes/commits
repo refspec-negative
git config --add remote.origin.fetch '^refs/heads/side'
up "$S2" side
repo refspec-none
git config --unset remote.origin.fetch
up "$N1"
repo refspec-no-target
git config remote.origin.fetch refs/heads/master
up "$N1"
repo refspec-pull-requests https
git config --add remote.origin.fetch '+refs/pull/*/head:refs/remotes/origin/pr/*'
up "$S2" refs/pull/12/head
repo refspec-into-heads
git config --add remote.origin.fetch 'refs/heads/side:refs/heads/copy'
repo refspec-into-current
git config --add remote.origin.fetch '+refs/heads/master:refs/heads/master'
up "$N1"
repo refspec-missing
git config --add remote.origin.fetch refs/heads/nowhere:refs/remotes/origin/nowhere
repo refspec-mirror ssh
git config remote.origin.fetch '+refs/*:refs/mirror/*'
repo refspec-twice
git config --add remote.origin.fetch '+refs/heads/*:refs/remotes/again/*'
up "$N1"

# URLs
repo url-push
set_config remote.origin.pushurl "$R/nowhere.git"
up "$N1"
repo url-instead
git config remote.origin.url abbreviation:url-instead.git
set_config "url.$R/.insteadOf" abbreviation:
up "$N1"
repo url-instead-https
git config remote.origin.url abbreviation:url-instead-https.git
set_config "url.$HTTPS_URL/.insteadOf" abbreviation:
repo url-push-instead
set_config "url.$R/nowhere/.pushInsteadOf" "$R/"
repo url-two
git config --add remote.origin.url "$R/nowhere.git"
up "$N1"
repo url-user
git config remote.origin.url "$(echo "$HTTPS_URL/$name.git" | sed 's|//|//user:secret@|')"
repo url-user-new
git config remote.origin.url "$(echo "$HTTPS_URL/$name.git" | sed 's|//|//user:secret@|')"
up "$N1"
repo url-ssh-scheme
git config remote.origin.url "ssh://$SSH_HOST$r"
repo url-gone
rm -rf "$r"
repo url-gone-https https
rm -rf "$r"
repo url-gone-ssh ssh
rm -rf "$r"
repo url-none
git config --unset remote.origin.url
repo url-no-remote
git remote remove origin
repo url-refused
set_config protocol.file.allow never
repo url-upload-pack
set_config remote.origin.uploadpack 'git-upload-pack --strict'
up "$N1"
repo url-v0 https
set_config protocol.version 0
repo url-v0-ssh ssh
set_config protocol.version 0
repo url-hidden
git --git-dir="$r" config transfer.hideRefs refs/heads/side
repo url-included-there
printf '[includeIf "gitdir:**/url-included-there.git/"]\npath = hiding\n' >>"$W/home/.gitconfig"
printf '[transfer]\nhideRefs = refs/heads/side\n' >"$W/home/hiding"
repo url-bundle
git --git-dir="$r" bundle create -q "$R/some.bundle" --all
git config remote.origin.url "$R/some.bundle"
repo http-header https
set_config http.extraHeader 'X-Test: yes'
repo http-agent https
set_config http.userAgent test http.version HTTP/1.1
repo http-no-verify https
set_config http.sslCAInfo /nowhere http.sslVerify false
repo http-no-authority https
set_config http.sslCAInfo /nowhere
repo http-by-url https
set_config "http.$HTTPS_URL.extraHeader" 'X-Test: yes'
for setting in sslTry=maybe noEPSV=maybe maxRequests=many minSessions=many postBuffer=huge version=HTTP/9; do
	repo "http-odd-${setting%=*}" https
	set_config "http.${setting%=*}" "${setting#*=}"
done
repo http-unknown https
set_config http.curloptResolve localhost:1:127.0.0.1
repo ssh-command ssh
set_config core.sshCommand 'ssh -o LogLevel=ERROR'

# Kinds of clones
repo shallow
clone --depth 1 "file://$r"
up "$N2"
repo shallow-nothing
clone --depth 1 "file://$r"
repo shallow-https https
clone --depth 1 "$url"
repo shallow-there
rm -rf "$r"
git clone -q --bare --depth 1 "file://$R/template.git" "$r"
fetch=no
repo single-branch
clone --single-branch "$r"
up "$S2" side
up "$N1"
repo partial
git --git-dir="$r" config uploadpack.allowFilter true
clone --filter=blob:none "file://$r"
up "$N1"
repo partial-nothing
git --git-dir="$r" config uploadpack.allowFilter true
clone --filter=tree:0 "file://$r"
repo alternates
clone --reference "$R/template.git" "$r"
up "$N1"
for news in no yes; do
	repo "sha256-news-$news"
	rm -rf "$r" .git
	git init -q --bare --object-format=sha256 "$r"
	git init -q --object-format=sha256 .
	git remote add origin "$r"
	git add .
	git commit -q -m First
	[ $news = no ] || commit
	git push -q -u origin master
	[ $news = no ] || git reset -q --hard HEAD^
	[ $news = no ] || git update-ref refs/remotes/origin/master HEAD
done
fetch=yes
repo worktree
git worktree add -q -b tree ../worktree-of origin/side >/dev/null 2>&1
git -C ../worktree-of branch -q -u origin/side
section worktree-of
up "$N1"
up "$S2" side
repo worktree-nothing
git worktree add -q -b tree ../worktree-of-nothing origin/side >/dev/null 2>&1
git -C ../worktree-of-nothing branch -q -u origin/side
section worktree-of-nothing
fetch=no
repo sparse
git sparse-checkout set dir 2>/dev/null
up "$N1"
repo split-index
git update-index --split-index
up "$N1"
repo index-4
git update-index --index-version 4
up "$N1"
repo untracked-cache
git update-index --force-untracked-cache
up "$N1"
repo commit-graph
git commit-graph write --reachable
up "$N1"
repo replaced
git replace HEAD HEAD^
up "$N1"
repo grafted
echo "$M2" >.git/info/grafts
up "$N1"
repo worktree-config
git config core.repositoryFormatVersion 1
git config extensions.worktreeConfig true
up "$N1"

# Filters, hooks, submodules
repo filter
printf '*.txt filter=upper\n' >.git/info/attributes
set_config filter.upper.smudge 'tr a-z A-Z' filter.upper.clean 'tr A-Z a-z'
echo text >a.txt
git add a.txt
git commit -q -m text
up "$N1"
set_config pull.rebase false
repo filter-process
printf 'file filter=lfs\n' >.git/info/attributes
set_config filter.lfs.smudge 'echo smudged; cat' filter.lfs.clean 'sed 1d' filter.lfs.required true
up "$N1"
repo ident
printf 'file ident\n' >.git/info/attributes
up "$N1"
repo encoding
printf 'file working-tree-encoding=UTF-16\n' >.git/info/attributes
keep_index
up "$N1"
repo ff-filter-unused
set_config filter.lfs.smudge 'git config maintenance.auto' filter.lfs.clean cat
up "$N1"
repo ff-filter-config
printf 'file filter=show\n' >.git/info/attributes
set_config filter.show.smudge 'git config --get maintenance.auto; env | grep ^GIT_CONFIG; cat' filter.show.clean 'cat'
up "$N1"
for hook in post-merge post-index-change reference-transaction pre-merge-commit post-checkout post-rewrite; do
	repo "hook-$hook"
	hook "$hook"
	up "$N1"
done
repo hook-nothing
hook post-merge
hook reference-transaction
repo hook-path https
mkdir .hooks
printf '#!/bin/sh\necho hook\n' >.hooks/post-merge
chmod +x .hooks/post-merge
echo .hooks >.git/info/exclude
set_config core.hooksPath .hooks
up "$N1"
repo hook-not-executable
hook post-merge
chmod -x .git/hooks/post-merge
up "$N1"
fetch=yes
repo submodule
git -c protocol.file.allow=always submodule --quiet add "$R/template.git" inner
git commit -q -m 'A submodule'
git push -q
repo submodule-new
git -c protocol.file.allow=always submodule --quiet add "$R/template.git" inner
git commit -q -m 'A submodule'
git push -q
git checkout -q -b other
git -C inner checkout -q "$M1"
git commit -q -a -m 'Another state'
git push -q origin HEAD:master
git checkout -q master
git -c protocol.file.allow=always submodule --quiet update
git update-ref refs/remotes/origin/master master
git branch -q -D other
repo submodule-recursing
git -c protocol.file.allow=always submodule --quiet add "$R/template.git" inner
git commit -q -m 'A submodule'
git push -q
set_config submodule.recurse true

# Under way, locked, out of order
fetch=no
repo merging
git checkout -q -b mine "$M1"
commit file
git branch -q -u origin/master
git merge -q master >/dev/null 2>&1 || :
repo merging-clean
git merge -q --no-commit --no-ff origin/side 2>/dev/null
up "$N1"
repo rebasing
commit file
git rebase -q "$S1" >/dev/null 2>&1 || :
repo picking
git cherry-pick "$S1" --no-commit
echo "$S1" >.git/CHERRY_PICK_HEAD
up "$N1"
repo bisecting
git bisect start >/dev/null
up "$N1"
fetch=yes
for lock in index HEAD ORIG_HEAD FETCH_HEAD packed-refs refs/remotes/origin/master refs/heads/master config shallow; do
	repo "lock-$(echo "$lock" | tr / -)"
	: >".git/$lock.lock"
	up "$N1"
done
repo lock-index-nothing
: >.git/index.lock
repo lock-ref-nothing
: >.git/refs/remotes/origin/master.lock
repo fetch-head-directory
mkdir .git/FETCH_HEAD
repo fetch-head-link
ln -s elsewhere .git/FETCH_HEAD
repo orig-head-there
echo "$M1" >.git/ORIG_HEAD
up "$N1"
repo orig-head-empty
: >.git/ORIG_HEAD
repo orig-head-broken
echo nonsense >.git/ORIG_HEAD
repo orig-head-symbolic
git branch mine
echo 'ref: refs/heads/mine' >.git/ORIG_HEAD
repo orig-head-same
printf %s "$M2" >.git/ORIG_HEAD
repo orig-head-mode
echo "$M1" >.git/ORIG_HEAD
chmod 0600 .git/ORIG_HEAD
repo no-logs
rm -r .git/logs
: >.git/logs
repo no-reflog
set_config core.logAllRefUpdates false
up "$N1"
repo reflog-gone
rm -r .git/logs
up "$N1"
repo read-only
chmod -R a-w .git
up "$N1"
repo read-only-worktree
chmod a-w .
up "$N2"
repo corrupt
rm -f .git/objects/pack/*
rm -rf .git/objects/??
up "$N1"
# loose COMMIT: the file of its object.
loose() { echo ".git/objects/$(echo "$1" | sed 's|..|&/|')"; }
repo corrupt-tip
id=$(git commit-tree -m tip HEAD^{tree})
git update-ref refs/heads/tip "$id"
chmod u+w "$(loose "$id")"
: >"$(loose "$id")"
repo corrupt-tip-detached
id=$(git commit-tree -m tip HEAD^{tree})
git update-ref --no-deref HEAD "$id"
echo "$id" >.git/HEAD
chmod u+w "$(loose "$id")"
echo nonsense >"$(loose "$id")"
repo corrupt-parent
id=$(git commit-tree -m gone HEAD^{tree})
git reset -q "$(git commit-tree -m merge -p HEAD -p "$id" HEAD^{tree})"
rm -f "$(loose "$id")"
repo corrupt-alternate
git clone -q --bare "$R/template.git" "$R/borrowed.git"
clone --reference "$R/borrowed.git" "$r"
echo "$(echo "$M1" | tr 0-9 9)" >"$R/borrowed.git/refs/heads/missing"
repo corrupt-shallow
echo nonsense >.git/shallow
repo corrupt-worktree
git worktree add -q --detach ../corrupt-of 2>/dev/null
echo "$(echo "$M1" | tr 0-9 9)" >.git/worktrees/corrupt-of/HEAD
repo corrupt-worktree-own
git worktree add -q -b tree ../worktree-own origin/side >/dev/null 2>&1
git -C ../worktree-own branch -q -u origin/side
mkdir -p .git/worktrees/worktree-own/refs/bisect
echo "$(echo "$M1" | tr 0-9 9)" >.git/worktrees/worktree-own/refs/bisect/bad
section worktree-own
repo corrupt-ref
echo nonsense >.git/refs/heads/bad
repo corrupt-index
echo nonsense >.git/index
keep_index
repo not-a-repository
rm -rf .git
mkdir .git

# Collecting garbage, and what a fetch may be told besides
fetch=yes
repo gc-due
set_config gc.auto 1 gc.autoDetach false
for n in 1 2 3; do
	echo $n | git hash-object -w --stdin >/dev/null
done
repo gc-due-after
set_config gc.auto 1 gc.autoDetach false
up "$GARBAGE"
repo gc-due-after-elsewhere
set_config gc.auto 1 gc.autoDetach false
up "$GARBAGE" fresh
repo gc-due-after-diverged
set_config gc.auto 1 gc.autoDetach false
commit
up "$GARBAGE"
repo gc-log
echo 'warning: it went wrong' >.git/gc.log
repo maintenance-off
set_config maintenance.auto false gc.auto 0
up "$N1"
repo fetch-commit-graph
set_config fetch.writeCommitGraph true
up "$N1"
repo fetch-fsck
set_config fetch.fsckObjects true transfer.fsckObjects true
up "$N1"
repo fetch-output
set_config fetch.output compact
up "$S2" side
repo fetch-unpack-limit
set_config fetch.unpackLimit 1
up "$N1"
repo fetch-unknown
set_config fetch.something yes remote.origin.something yes
repo config-include
printf '[pull]\n\trebase = true\n' >.git/more
set_config include.path more
up "$N1"
repo config-broken
echo '[broken' >>.git/config
