# register of a directory that is not there registers nothing
# oracle: goes on and registers the working directory instead
fgit init one
git -C one config remote.origin.url https://example.org/one.git
: >.mrconfig
cd one
run mr register nowhere
run cat ../.mrconfig
