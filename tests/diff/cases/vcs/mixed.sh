# several systems in one run
# requires: hg svn svnadmin
# jobs: 1 8
git_pair one
hg_remote two
hg clone -q "$REMOTE/two" two
svn_remote three
svn -q checkout "file://$REMOTE/svnrepo/three" three
printf '[two]\n[three]\n[missing]\ncheckout = hg clone -q %s missing\n' "$REMOTE/two" >>.mrconfig
git_advance one
hg_advance two
svn_advance three
run mr update
echo x >>one/file
echo x >>two/file
echo x >>three/file
run mr status
run mr -m diff
