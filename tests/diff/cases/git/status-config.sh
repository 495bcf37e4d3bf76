# the user's git configuration decides what status says
git_pair one
git_commit one file mine
echo x >one/untracked
mkdir one/dir
echo x >one/dir/file
run mr status
git config --global status.branch true
run mr status
git config --global status.showUntrackedFiles all
run mr status
git config --global core.quotePath false
echo x >one/ä
run mr status
git config --global log.decorate full
run mr status
git config --global color.ui always
run mr status
git -C one config status.short false
git -C one config core.abbrev 12
run mr status
git config --global status.relativePaths false
cd one/dir
run mr status
