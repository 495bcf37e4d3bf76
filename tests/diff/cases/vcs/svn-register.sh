# Subversion: register
# requires: svn svnadmin
svn_remote one
mkdir src
svn -q checkout "file://$REMOTE/svnrepo/one" src/one
run mr -c .mrconfig register src/one
run cat .mrconfig
run mr status
