# git-fake-bare: register, and what stands in the way of a checkout is left alone
# extensions: both
extensions git-fake-bare
git_remote dots
mkdir tree
echo mine >tree/file
cp .mrconfig empty
cat >>.mrconfig <<SH
[.dots]
checkout = git_fake_bare_checkout $REMOTE/dots.git .dots $HOME/tree/
SH
run mr checkout
run cat tree/file
run mr -d .dots status
mv empty .mrconfig
run mr register .dots
run mr config .dots checkout
rm -rf .dots tree
run mr checkout
git --git-dir=.dots remote remove origin
run mr register .dots
