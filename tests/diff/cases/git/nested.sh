# a repository inside another one is a repository of its own, and is checked out after it
# jobs: 1 8
git_remote inner outer
config <<END
[outer/inner]
checkout = git clone -q $REMOTE/inner.git inner
[outer]
checkout = git clone -q $REMOTE/outer.git outer
END
run mr checkout
run mr status
run mr update
cd outer
run mr list
cd inner
run mr list
cd ..
run mr -n list
