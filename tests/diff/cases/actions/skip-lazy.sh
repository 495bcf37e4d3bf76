# skip = lazy: only what is there, unless forced
git_remote one two
git_clone one
config <<END
[one]
checkout = git clone -q $REMOTE/one.git one
skip = lazy
[two]
checkout = git clone -q $REMOTE/two.git two
skip = lazy
END
run mr checkout
run mr update
run mr -d two list
run mr -f -d two checkout
run mr list
