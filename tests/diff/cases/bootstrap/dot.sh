# the repository "." is checked out into the directory, and may bring the .mrconfig
git_remote bare one
git_import own master .mrconfig '' 2>/dev/null || fgit init --bare "$REMOTE/own.git"
fgit clone "$REMOTE/own.git" "$SANDBOX/seed"
printf '[.]\ncheckout = git clone %s own\n[one]\ncheckout = git clone %s one\n' "$REMOTE/own.git" "$REMOTE/one.git" >"$SANDBOX/seed/.mrconfig"
fgit -C "$SANDBOX/seed" add .mrconfig
fgit -C "$SANDBOX/seed" commit -m 'Own list'
fgit -C "$SANDBOX/seed" push origin master
rm -rf "$SANDBOX/seed"
dot()
{
	printf '[.]\ncheckout = %s\n%s\n[one]\ncheckout = git clone %s one\n' "$1" "$2" "$REMOTE/one.git" >list
}
dot "git clone -q $REMOTE/own.git x && mv x/.git x/.mrconfig . && rmdir x"
run mr -t bootstrap list own
dot 'echo in $(pwd) for $MR_REPO, $MR_ACTION' 'fixups = echo fixed in $(pwd)'
run mr -t -s bootstrap list hooks
run mr -t -q bootstrap list quiet
run mr -t -m bootstrap list minimal
dot 'echo cannot; exit 3'
run mr -t -s bootstrap list failing
dot 'echo never' 'skip = true'
run mr -t -s bootstrap list skipped
dot 'echo never' 'deleted = true'
run mr -t -s bootstrap list deleted
dot 'kill -KILL $$'
run mr -t bootstrap list killed
