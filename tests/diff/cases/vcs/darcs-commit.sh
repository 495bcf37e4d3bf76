# Darcs: commit pushes, log and diff show, clean is not there
# requires: darcs
darcs_remote one
darcs get -q "$REMOTE/one" one
: >.mrconfig
run mr register one
echo changed >>one/file
run sh -c "mr diff | grep -v '^[-+][-+][-+] '"
run mr commit -q -m 'my change' -A tester@example.org
run mr status
run sh -c "darcs log --repodir '$REMOTE/one' | grep '\*'"
run mr log --count
run mr clean
run mr grep first
run mr commit -m nothing -A tester@example.org
rm -rf "$REMOTE/one"
run mr push -q
