# register and config where the home directory is a link
git_remote one two
git_clone one
git_clone two deep/two
ln -s "$HOME" "$SANDBOX/way"
HOME=$SANDBOX/way
cd "$HOME/one"
run mr register
cd ..
run mr register deep/two
cd "$SANDBOX/home/deep"
run mr register two
run mr list
run cat "$HOME/.mrconfig"
