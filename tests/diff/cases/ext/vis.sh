# vis: which viewer is started, with a display and without
# extensions: both
stub gitk tig hg hgv bzr editor svn cvs
EDITOR='editor -R'
export EDITOR
extensions git-svn git-cvs git-fake-bare vis
git_pair git svn
git -C svn config svn-remote.svn.url https://example.org/svn
mkdir -p cvsgit/rsyncdir/CVSROOT cvsgit/cvsdir/CVS cvsgit/gitdir/.git hg/.hg bzr/.bzr subversion/.svn cvs/CVS sub annex darcs/_darcs
touch cvsgit/.gitcvsrc
cat >>.mrconfig <<'SH'
[cvsgit]
[hg]
[bzr]
[sub]
git_subtree_test = true
[annex]
git_annex_test = true
[darcs]
SH
unset DISPLAY
run mr vis
calls
DISPLAY=:0
export DISPLAY
run mr vis --since='two days'
calls
rm "$SANDBOX/stubs/gitk"
run mr -d git vis
touch git/fail
run mr -d git vis
calls
printf '[subversion]\n[cvs]\n' >>.mrconfig
run mr -d subversion vis -u
run mr -d cvs vis
run sort calls
rm calls
