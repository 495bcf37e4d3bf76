# git-fake-bare: checkout, and every command in a repository whose work tree is elsewhere
# extensions: yes
fixed_dates
extensions git-fake-bare
git_remote dots other
git_advance dots sub/file deep
cat >>.mrconfig <<SH
[.dots]
checkout = git_fake_bare_checkout $REMOTE/dots.git .dots ../tree/
[.other]
checkout = git_fake_bare_checkout '$REMOTE/other.git' .other $HOME/.other/tree/
SH
run mr checkout
run mr status
echo changed >tree/file
touch .other/tree/new
run mr status
run mr -d .dots status -uno
run mr -d .dots diff --stat
run mr -d .dots record -m 'two words'
run mr -d .dots log --format=%s
run mr -d .dots push
git_advance other
run mr -d .other update
echo again >.other/tree/file
run mr -d .other commit -m 'more words'
run mr -d .other update --rebase origin master
git --git-dir=.other config --unset core.worktree
run mr -d .other status
git --git-dir=.other config core.worktree "$HOME/gone"
run mr -d .other diff
