# register through links: the name is that of the directory where it leads
git_remote one two
git_clone one
mkdir real
git_clone two real/two
ln -s one link
ln -s real way
run mr register link
run mr register way/two
cd link
run mr register
cd "$HOME"
run cat .mrconfig
run mr list
