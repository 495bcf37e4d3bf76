# git-subtree: a directory brought from another repository, with its own section
# extensions: yes
fixed_dates
extensions git-subtree
git_pair tool
git_remote library
cat >>.mrconfig <<SH
[tool/library]
git_subtree_test = true
checkout = cd tool && git subtree add -q --prefix=library $REMOTE/library.git master
update = git_subtree_update --prefix=library $REMOTE/library.git master
push = git_subtree_push --prefix=library $REMOTE/library.git other
SH
run sh -c 'cd tool && git subtree add -q --prefix=library "$REMOTE/library.git" master'
git_advance library
run mr -d tool/library update
run mr -d tool/library update --squash
echo outside >tool/file
echo inside >tool/library/file
run mr -d tool/library status
run mr -d tool/library diff
run mr -d tool/library diff --stat
run mr -d tool/library record -m 'two words'
run mr -d tool/library log
run mr -d tool/library push
echo more >tool/library/file
run mr -d tool/library commit -m 'more words'
run mr -d tool status
run mr -d tool/library grep x
rm -r tool/.git/subtree-cache
