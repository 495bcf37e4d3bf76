# update and every action that has update in its name check out what is missing
# jobs: 8
git_remote one two
config <<END
[one]
checkout = git clone -q $REMOTE/one.git one
[x/two]
checkout = git clone -q $REMOTE/two.git two
updatesome = echo never
END
run mr -d "$HOME" updatesome
run mr update
