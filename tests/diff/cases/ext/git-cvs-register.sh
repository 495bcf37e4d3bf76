# git-cvs: register, and the checkout that it writes
# extensions: both
stub git-cvs
extensions git-cvs
mkdir -p whole/rsyncdir/CVSROOT whole/cvsdir/CVS whole/gitdir/.git
printf 'CVSROOT=:pserver:example.org:/cvs\nMODULE=module\n' >whole/.gitcvsrc
cp -r whole lacking
echo 'CVSROOT=:pserver:example.org:/cvs' >lacking/.gitcvsrc
run mr register whole
run mr register lacking
run mr config whole checkout
rm -r whole
run mr checkout
calls
