# Subversion: commit, and one that fails
# requires: svn svnadmin
svn_remote one
svn -q checkout "file://$REMOTE/svnrepo/one" one
printf '[one]\ncheckout = svn co x one\n' >.mrconfig
echo changed >>one/file
run mr commit -m 'my change'
run mr commit -m nothing
rm -rf "$REMOTE/svnrepo/one"
run mr update
echo changed >>one/file
run mr ci -m 'nowhere to go'
