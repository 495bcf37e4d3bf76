# grep in files and log with -m: only where something is found
git_pair one two three
git_commit two file 'a needle in here'
git_commit three other '$HOME and "quotes"'
run mr -m grep needle
run mr grep -n -e needle -e quotes
run mr -m grep '$HOME'
run mr grep nothing-like-this
run mr -q grep needle
run mr -d two log --format=%s
run mr -m log --format=%s -1 --grep 'a needle'
cd two
run mr grep needle file
run mr diff HEAD~1 --stat
