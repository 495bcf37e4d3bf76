# Fossil and vcsh: clean lists what it would delete, and deletes with -f
# oracle: has it the other way round with Fossil, and gives no --force to git with vcsh
# requires: fossil vcsh
fossil_remote one
mkdir one
(cd one && fossil open "$REMOTE/one.fossil" >/dev/null)
printf '[one]\n' >.mrconfig
echo x >one/new
run mr clean
run ls one
run mr clean -f
run ls one
rm -r one
printf '[.config/vcsh/repo.d/dot.git]\n' >.mrconfig
vcsh init dot >/dev/null 2>&1
git --git-dir=.config/vcsh/repo.d/dot.git config core.worktree "$HOME/tree"
mkdir -p tree
echo x >tree/new
run mr clean
run mr clean -f
run ls tree
rm -rf .config tree
