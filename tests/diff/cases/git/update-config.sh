# the user's configuration decides how update goes
# jobs: 8
fixed_dates
git_pair autostash ff hook noff onlyff prune rebase tags
for name in autostash ff hook noff onlyff prune rebase tags; do
	git_advance $name
done
for name in rebase onlyff autostash; do
	git_commit $name mine mine
done
git -C rebase config pull.rebase true
git -C autostash config pull.rebase true
git -C autostash config rebase.autoStash true
echo changed >>autostash/mine
git -C onlyff config pull.ff only
git -C noff config pull.ff false
git -C ff config merge.ff only
git -C prune config fetch.prune true
fgit -C prune push origin HEAD:refs/heads/old
fgit -C "$REMOTE/prune.git" update-ref -d refs/heads/old
git -C tags config remote.origin.tagOpt --no-tags
fgit -C "$REMOTE/tags.git" tag v1
printf '#!/bin/sh\necho merged "$1"\n' >hook/.git/hooks/post-merge
chmod +x hook/.git/hooks/post-merge
run mr update
run mr update
