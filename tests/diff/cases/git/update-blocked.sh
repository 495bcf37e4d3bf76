# files that stand in the way of an update
# jobs: 8
git_pair changed deleted directory ignored staged unrelated untracked
for name in untracked directory ignored; do
	git_advance $name new
done
for name in changed deleted staged unrelated; do
	git_advance $name
done
echo x >>changed/file
rm deleted/file
echo x >untracked/new
mkdir -p directory/new
echo x >directory/new/x
echo new >ignored/.gitignore
echo x >ignored/new
echo x >staged/file
fgit -C staged add file
echo x >unrelated/other
fgit -C unrelated add other
run mr update
run mr status
