# Bazaar: checkout, update, status, diff of a branch
# requires: bzr
bzr_remote one
printf '[one]\ncheckout = bzr branch %s one\n' "$REMOTE/one" >.mrconfig
run mr checkout
bzr_advance one
run mr update
echo changed >>one/file
echo x >one/new
run mr status
run mr record -m 'my change'
run mr push
run mr log --line -r 1
