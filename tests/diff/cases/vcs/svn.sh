# Subversion: checkout, update, status, diff, log
# requires: svn svnadmin
# jobs: 8
svn_remote one
svn_remote two
config <<END
[one]
checkout = svn co file://$REMOTE/svnrepo/one one
[two]
checkout = svn checkout -q 'file://$REMOTE/svnrepo/two' two
END
run mr checkout
svn_advance one
echo changed >>two/file
echo x >two/new
run mr update
run mr status
run mr diff
run mr log
run mr update -r 1
run mr push
run mr record -m x
run mr fetch
