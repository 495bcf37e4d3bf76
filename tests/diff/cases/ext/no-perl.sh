# all tests of the extension files are answered where there is no perl
# extensions: both
stub git-svn git-cvs
mkdir "$SANDBOX/bin"
for name in sh git sed cat tr mkdir touch rm ls basename readlink which env; do
	ln -s "$(command -v "$name")" "$SANDBOX/bin/$name"
done
git_remote git svn
git_clone git
git_clone svn
git -C svn config svn-remote.svn.url https://example.org/svn
mkdir -p cvs/rsyncdir/CVSROOT cvs/cvsdir/CVS cvs/gitdir/.git repo/.repo
touch cvs/.gitcvsrc
git clone -q --bare "$REMOTE/git.git" bare.git
git clone -q --bare "$REMOTE/git.git" vcsh.git
git --git-dir=vcsh.git config vcsh.vcsh true
git --git-dir=vcsh.git config core.bare false
git clone -q --no-checkout "$REMOTE/git.git" fake
mv fake/.git/* fake
rmdir fake/.git
git --git-dir=fake config core.worktree "$HOME/git"
PATH=$SANDBOX/stubs:$SANDBOX/bin:$(dirname "$(command -v mr)")
extensions git-cvs git-fake-bare git-svn repo
cat >>.mrconfig <<'SH'
git_say = echo git
git_bare_say = echo git_bare
git_cvs_say = echo git_cvs
git_fake_bare_say = echo git_fake_bare
git_svn_say = echo git_svn
repo_say = echo repo
vcsh_say = echo vcsh
SH
printf '[%s]\n' git svn cvs repo bare.git vcsh.git fake >>.mrconfig
run mr say
run sh -c 'command -v perl'
PATH=$PATH:/usr/bin:/bin
