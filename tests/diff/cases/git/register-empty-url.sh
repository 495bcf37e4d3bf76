# a remote whose url is empty is none
fgit init a
git -C a config remote.origin.url ''
fgit init --bare b.git
git -C b.git config remote.origin.url ''
config </dev/null
run mr register a
run mr register b.git
run cat .mrconfig
