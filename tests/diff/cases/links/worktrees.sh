# a work tree whose .git is a file: it is a repository like any other
git_pair one
fgit -C one worktree add -b side ../tree
fgit clone --separate-git-dir="$HOME/store.git" "$REMOTE/one.git" apart
printf '[tree]\ncheckout = false\n[apart]\ncheckout = false\n' >>.mrconfig
echo new >tree/new
echo changed >apart/file
run mr status
run mr diff
run mr -d tree log --format=%s
git_advance one
run mr -d apart fetch
run mr -d tree register
run mr -m run git rev-parse --abbrev-ref HEAD
