# status shows changed, staged, untracked, deleted, renamed and conflicting files
# jobs: 1 8
git_pair changed clean conflict deleted ignored renamed staged untracked
echo more >>changed/file
rm deleted/file
fgit -C renamed mv file new
echo staged >staged/file
echo added >staged/added
fgit -C staged add file added
echo later >>staged/added
echo x >untracked/a
mkdir untracked/dir
echo x >untracked/dir/b
echo x >"untracked/with blank"
echo x >untracked/ä
echo '*.o' >ignored/.gitignore
echo x >ignored/a.o
git_advance conflict
git_commit conflict file mine
fixed_dates
git -C conflict pull -q --no-rebase >/dev/null 2>&1 || :
run mr status
run mr -m status
run mr status -uno
