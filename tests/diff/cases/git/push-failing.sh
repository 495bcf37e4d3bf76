# a push that the remote refuses
# jobs: 1 8
git_pair ahead behind
git_commit ahead file mine
git_commit behind file mine
git_advance behind other
run mr push
run mr push --force
