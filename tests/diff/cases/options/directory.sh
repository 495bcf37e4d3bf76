# -d: other directories, missing ones, files, links, ..
dirs a/b c
echo x >file
ln -s a link
printf '[a]\n[a/b]\n[c]\n' >.mrconfig
run mr -d a list
run mr -d a/b list
run mr -d . list
run mr -d a/.. list
run mr -d "$HOME/a/" list
run mr -d nowhere list
run mr -d file list
run mr -d link list
run mr -d link/b list
run mr -d / list
run mr -d a -d c list
cd a
run mr -d ../c list
run mr -d .. list
