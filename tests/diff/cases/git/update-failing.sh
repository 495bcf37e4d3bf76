# an update that cannot be done fails and is counted; the others go on
# jobs: 1 8
git_pair conflict diverged good remotegone
fixed_dates
git_advance conflict
echo mine >conflict/file
git_advance diverged
git_commit diverged other mine
rm -rf "$REMOTE/remotegone.git"
git_advance good
run mr update
run mr -s update
