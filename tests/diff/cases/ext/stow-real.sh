# stow: the links that it makes: after a checkout, after an update, by hand, and what it refuses
# requires: stow
# extensions: yes
extensions stow
git_remote dots
git_advance dots .profile mine
cat >>.mrconfig <<SH
[src/dots]
checkout = git clone -q $REMOTE/dots.git dots
stowable = true
SH
run mr checkout
git_advance dots sub/deep/file deep
run mr -q update
run cat .profile sub/deep/file
run mr unstow
echo other >.profile
run mr stow
run cat .profile
run mr -m adopt
run mr -m status
