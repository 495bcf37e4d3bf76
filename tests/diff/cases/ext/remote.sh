# remote: where a repository comes from, for each system
# extensions: both
stub hg svn darcs
extensions remote
git_pair git
dirs mercurial/.hg subversion/.svn module/CVS darcs/_darcs bzr/.bzr
echo :pserver:example.org:/cvs >module/CVS/Root
echo some/module >module/CVS/Repository
printf '[%s]\n' mercurial subversion module darcs bzr >>.mrconfig
run mr remote
run mr -d git remote get-url origin
run mr -d mercurial remote default
run mr -d subversion remote -r 1
calls
run mr rem
run mr re
run mr reg
