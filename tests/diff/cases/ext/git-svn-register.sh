# git-svn: register for both types, and the checkout that it writes
# extensions: both
stub git-svn
extensions git-svn
git_remote plain svn
git_clone plain
git_clone svn
git -C svn config svn-remote.svn.url 'https://example.org/svn tree'
run mr register plain
run mr register svn
run mr config svn checkout
rm -rf svn
run mr -d svn checkout
calls
