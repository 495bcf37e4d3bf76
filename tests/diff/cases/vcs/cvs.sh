# CVS: checkout, update, status, commit, diff
# requires: cvs
cvs_remote one
printf '[one]\ncheckout = cvs -d %s checkout -d one one\n' "$REMOTE/cvs" >.mrconfig
run mr checkout
cvs_advance one
run mr update
echo changed >>one/file
echo x >one/new
run mr status
run mr commit -m 'my change'
run mr diff
run mr push
run mr fetch
