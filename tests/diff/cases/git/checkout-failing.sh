# a clone that fails, one that leaves nothing, one that leaves another directory: the others are still made
# jobs: 1 8
git_remote good
config <<END
[bad]
checkout = git clone $REMOTE/nothing.git bad
[elsewhere]
checkout = git clone -q $REMOTE/good.git other
[exits]
checkout = echo said; exit 7
[good]
checkout = git clone -q $REMOTE/good.git good
[lazyman]
checkout = true
[syntax]
checkout = if then
END
run mr checkout
run mr -s checkout
