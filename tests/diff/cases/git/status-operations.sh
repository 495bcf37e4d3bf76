# in the middle of a merge, a rebase, a cherry-pick, a bisection
# jobs: 8
git_pair bisect merge pick rebase
fixed_dates
for name in merge pick rebase; do
	fgit -C $name checkout -b side
	git_commit $name file side
	fgit -C $name checkout master
	git_commit $name file ours
done
git -C merge merge -q side >/dev/null 2>&1 || :
git -C pick cherry-pick side >/dev/null 2>&1 || :
git -C rebase rebase side >/dev/null 2>&1 || :
fgit -C bisect bisect start
run mr status
run mr update
