# new branches and tags, deleted branches, a detached head, no upstream, an empty remote
# jobs: 1 8
git_pair branches deleted detached empty local tags
git_advance branches
fgit -C "$REMOTE/branches.git" branch side
fgit -C "$REMOTE/tags.git" tag v1
fgit -C detached checkout --detach
fgit -C local checkout -b mine
fgit -C deleted checkout -b gone
fgit -C deleted push -u origin gone
fgit -C "$REMOTE/deleted.git" branch -D gone
fgit init --bare "$REMOTE/empty2.git"
rm -rf empty
git_clone empty2 empty
run mr update
