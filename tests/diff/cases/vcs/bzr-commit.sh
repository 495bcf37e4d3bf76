# Bazaar: commit and push from a branch of its own, register, clean, grep, fetch
# requires: bzr
bzr_remote one
bzr branch -q "$REMOTE/one" one
mkdir bin
printf '#!/bin/sh\necho "ack $*"\n' >bin/ack
chmod +x bin/ack
PATH=$HOME/bin:$PATH
printf '[DEFAULT]\nbzr_commit_time = true\n' >.mrconfig
run mr register one
run cat .mrconfig
echo changed >>one/file
run mr commit --commit-time '2023-11-14 22:13:20 +0000' -m 'my change'
run mr -d one run bzr log --line
run mr grep first
echo x >one/new
run mr clean
run mr clean -f
run mr -m status
run mr fetch
run mr push
