# a submodule, whose .git is a file, as a section of its own
git_remote inner outer
git_clone outer
fgit -C outer -c protocol.file.allow=always submodule add "$REMOTE/inner.git" inner
fgit -C outer commit -m 'Add inner'
printf '[outer]\n[outer/inner]\n' >.mrconfig
echo x >outer/inner/new
run mr status
cd outer/inner
run mr status
run mr log --format=%s
cd ..
run mr status
run mr -n status
