# ignore files of every kind
# jobs: 8
git_pair one
cd one
mkdir -p sub/deep build
printf '*.o\n!keep.o\n/top\nbuild/\nsub/**/x\n\\#hash\nblank\\ \n[abc].y\n' >.gitignore
printf '!*.o\n' >sub/.gitignore
printf 'excluded\n' >>.git/info/exclude
printf 'global\n' >"$HOME/ignore"
git config --global core.excludesFile "$HOME/ignore"
for name in a.o keep.o top sub/top build/x sub/x sub/deep/x sub/a.o '#hash' 'blank ' a.y d.y excluded global sub/global; do
	echo x >"$name"
done
git init -q nested
echo x >nested/file
mkdir -p empty
cd ..
run mr status
run mr status --ignored
run mr status -uall
cd one/sub
run mr status
