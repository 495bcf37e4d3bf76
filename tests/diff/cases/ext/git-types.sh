# git-svn and git-annex: a work tree whose .git is a file is git all the same
# oracle: such a work tree is of no type at all
# extensions: yes
stub git-svn
git_remote plain
git_clone plain
fgit -C plain worktree add ../linked
for name in git-svn git-annex; do
	extensions "$name"
	echo '[linked]' >>.mrconfig
	touch linked/new
	run mr status
done
git -C plain config svn-remote.svn.url https://example.org/svn
extensions git-svn
echo '[linked]' >>.mrconfig
run mr update
calls
rm -rf plain linked "$REMOTE"
