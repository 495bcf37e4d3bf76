# what counts as pushed: several remotes, branches without one, tags, packed references
# jobs: 8
git_pair several nowhere packed none
git_remote other
fgit -C several remote add other "$REMOTE/other.git"
fgit -C several fetch other
git_commit several file 'pushed to other'
fgit -C several push other HEAD:refs/heads/mine
fgit -C several checkout -b theirs other/master
git_commit several file 'not pushed'
fgit -C several checkout -b empty
fgit -C nowhere remote remove origin
git_commit packed file packed
fgit -C packed branch second
fgit -C packed tag -a -m annotated v1
fgit -C packed pack-refs --all
fgit -C none checkout --orphan fresh
run mr status
run mr -m status
