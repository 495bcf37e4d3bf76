# directories that only look like a repository
# requires: hg svn
# jobs: 8
mkdir -p hg/.hg svn/.svn git/.git cvs/CVS
printf '[%s]\n' hg svn git cvs >.mrconfig
run mr log -l 1
