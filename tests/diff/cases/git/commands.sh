# diff, log, grep, list, ls, fetch and their parameters
# jobs: 1 8
git_pair one two
echo change >>one/file
run mr diff
run mr diff --stat
run mr log --format=%s%n%an
run mr log -n1 --format='%h %d'
run mr grep first
run mr -m grep 'first of two'
run mr grep nothing
run mr list
run mr ls
git_advance two
fgit -C "$REMOTE/one.git" branch side
run mr fetch
run mr fetch --dry-run
