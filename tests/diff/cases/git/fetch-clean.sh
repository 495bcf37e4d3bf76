# fetch with a branch that is gone and tags, clean -f, both with -m and -q
# jobs: 1 8
git_pair one two
git_advance one other 'a branch' side
fgit -C one fetch
git -C "$REMOTE/one.git" branch -D side >/dev/null
fgit -C "$REMOTE/one.git" tag v1 master
run mr -q fetch
run mr -m fetch
echo ignored >two/.gitignore
echo x >two/ignored
mkdir -p two/dir/deep
echo x >two/dir/deep/new
run mr clean
run mr -m clean
run mr clean -f -q
run mr status
