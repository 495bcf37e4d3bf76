# update pulls what moved upstream, says what is up to date, and checks out what is missing
# jobs: 1 8
git_pair moved still
git_remote gone
printf '[deep/gone]\ncheckout = git clone %s gone\n' "$REMOTE/gone.git" >>.mrconfig
git_advance moved
run mr update
run git -C moved log --format=%s
