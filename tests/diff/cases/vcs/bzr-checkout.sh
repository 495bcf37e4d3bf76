# Bazaar: a bound checkout, and register
# requires: bzr
bzr_remote one
printf '[one]\ncheckout = bzr checkout %s one\n' "$REMOTE/one" >.mrconfig
run mr checkout
bzr_advance one
run mr update
echo changed >>one/file
run mr commit -m 'my change'
bzr branch -q "$REMOTE/one" two
run mr register two
run cat .mrconfig
