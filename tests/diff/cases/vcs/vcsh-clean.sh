# clean of vcsh: -f is not handed to git, which would take the repository itself, where it stands, for unknown files
# requires: vcsh
git_remote dot
config <<END
[.config/vcsh/repo.d/dot.git]
checkout = vcsh clone -b master $REMOTE/dot.git dot >/dev/null 2>&1
END
run mr checkout
run mr clean
run mr clean -f
run mr status
rm -rf .config
printf '[.config/vcsh/repo.d/dot.git]\n' >.mrconfig
vcsh init dot >/dev/null 2>&1
git --git-dir=.config/vcsh/repo.d/dot.git config core.worktree "$HOME/tree"
mkdir -p tree
echo x >tree/new
run mr clean
run mr clean -f
run ls tree
