# repositories that are empty, bare, damaged, headless, linked work trees, with submodules, or not repositories at all
# jobs: 1 8
git_pair damaged headless main
fgit init empty
echo x >empty/file
fgit init --bare bare
echo rubbish >headless/.git/HEAD
echo rubbish >damaged/.git/index
fgit -C main worktree add -b linked ../linked
echo x >linked/new
mkdir plain
fgit -c protocol.file.allow=always -C main submodule add "$REMOTE/damaged.git" sub
echo x >main/sub/file
for name in bare empty linked missing plain; do
	printf '[%s]\n' $name >>.mrconfig
done
run mr status
