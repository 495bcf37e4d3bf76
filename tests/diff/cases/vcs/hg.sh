# Mercurial: checkout, update, status, diff, log, grep, fetch
# requires: hg
# jobs: 8
hg_remote one
hg_remote two
config <<END
[one]
checkout = hg clone $REMOTE/one one
[two]
checkout = hg clone -q '$REMOTE/two' two
END
run mr checkout
hg_advance one
echo changed >>two/file
echo x >two/new
run mr update
run mr status
run mr diff
run mr log --template '{rev} {desc}\n'
run mr grep first
hg_advance one
run mr fetch
run mr update -r 0
