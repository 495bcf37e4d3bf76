# updates of shallow, unborn, sparse, and submodule repositories, and through rewritten URLs
# jobs: 8
fixed_dates
git_pair main rewritten twofold
git_remote other sub
fgit -C main -c protocol.file.allow=always submodule add "$REMOTE/sub.git" sub
fgit -C main commit -m submodule
fgit -C main push
fgit clone --depth 1 "file://$REMOTE/other.git" shallow
fgit init unborn
fgit -C unborn remote add origin "$REMOTE/other.git"
fgit -C twofold remote add other "$REMOTE/other.git"
fgit -C twofold fetch other
fgit -C twofold checkout -b side other/master
fgit -C rewritten remote set-url origin short:rewritten.git
git config --global "url.$REMOTE/.insteadOf" short:
for name in shallow unborn; do
	printf '[%s]\n' $name >>.mrconfig
done
for name in main other rewritten sub twofold; do
	git_advance $name
done
run mr update
run mr status
