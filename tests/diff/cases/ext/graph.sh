# graph: in every type that it knows, and in one that it does not
# extensions: both
stub git-big-picture
extensions git-svn git-cvs git-fake-bare graph
git_pair git svn
git -C svn config svn-remote.svn.url https://example.org/svn
mkdir -p cvs/rsyncdir/CVSROOT cvs/cvsdir/CVS cvs/gitdir/.git hg/.hg sub
touch cvs/.gitcvsrc
git clone -q --no-checkout "$REMOTE/git.git" fake
mv fake/.git/* fake
git --git-dir=fake config core.worktree "$HOME/git"
cat >>.mrconfig <<'SH'
[cvs]
[fake]
[hg]
[sub]
git_subtree_test = true
[annex]
git_annex_test = true
SH
mkdir annex
run mr graph
calls
run mr gra
touch git/fail
run mr -d git graph
