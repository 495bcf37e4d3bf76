# Mercurial: record, push, commit, and a push that has nothing to do or fails
# requires: hg
hg_remote one
hg clone -q "$REMOTE/one" one
printf '[one]\ncheckout = hg clone x one\n' >.mrconfig
echo changed >>one/file
run mr record -m 'my change'
run mr status
run mr push
run mr push
echo again >>one/file
run mr commit -m 'a second'
run mr record -m nothing
rm -rf "$REMOTE/one"
run mr push
run mr clean
