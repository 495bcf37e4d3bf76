# git-fake-bare: a work tree named without a slash, branches with one, blanks in parameters, vcsh's repositories
# oracle: files land beside the work tree; only the end of a branch is pulled; words are split; two types are found
# extensions: yes
fixed_dates
extensions git-fake-bare
git_remote dots
git_advance dots other 'on a branch' some/topic
cat >>.mrconfig <<'SH'
[.dots]
checkout = git_fake_bare_checkout "$REMOTE/dots.git" .dots ../tree
[.vcsh.git]
SH
run mr -d .dots checkout
fgit --git-dir=.dots fetch origin some/topic:some/topic
fgit --git-dir=.dots symbolic-ref HEAD refs/heads/some/topic
fgit --git-dir=.dots reset --hard
git_advance dots other 'more of it' some/topic
run mr -d .dots update
cp -r "$REMOTE/dots.git" "$REMOTE/the dots.git"
git_advance 'the dots' other 'and more' some/topic
run mr -d .dots update "$REMOTE/the dots.git" some/topic
git clone -q --bare "$REMOTE/dots.git" .vcsh.git
git --git-dir=.vcsh.git config core.bare false
git --git-dir=.vcsh.git config core.worktree "$HOME/home"
git --git-dir=.vcsh.git config vcsh.vcsh true
mkdir home
run mr -d .vcsh.git list
rm -rf .dots .vcsh.git .mrconfig "$REMOTE"
