# parameters of update reach git pull
git_pair one two
git_advance one
git_advance two
git_commit two mine mine
fixed_dates
run mr update --rebase
run mr up -q
run mr -d one update --no-such-option
