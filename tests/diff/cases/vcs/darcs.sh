# Darcs: checkout, update, status, record, push, log
# requires: darcs
darcs_remote one
printf '[one]\ncheckout = darcs get -q %s one\n' "$REMOTE/one" >.mrconfig
run mr checkout
darcs_advance one
run mr update -q
echo changed >>one/file
echo x >one/new
run mr status
run mr record -m 'my change' -A tester@example.org
run mr push -q
run mr fetch -q
run mr status
