# status shows unpushed branches and the stash
# jobs: 1 8
git_pair ahead branch detached diverged pushed stash tagged two
git_commit ahead file 'mine one'
git_commit ahead file 'mine two'
fgit -C branch checkout -b topic
git_commit branch file topic
fgit -C branch checkout master
git_advance diverged
fgit -C diverged fetch
git_commit diverged other mine
git_commit pushed file pushed
fgit -C pushed push
fgit -C detached checkout --detach
git_commit detached file 'on no branch'
git_commit tagged file tagged
fgit -C tagged tag v1
for branch in b a; do
	fgit -C two checkout -b $branch master
	git_commit two file $branch
done
echo x >stash/file
fgit -C stash stash push
echo y >stash/file
fgit -C stash stash push -m 'a message'
run mr status
run mr -m status
