# CVS: register, a second directory, grep, clean without cvs-clean, record
# requires: cvs
cvs_remote one
cvs -Q -d "$REMOTE/cvs" checkout -d one one
mkdir bin
printf '#!/bin/sh\necho "ack-grep $*"\nexit 1\n' >bin/ack-grep
chmod +x bin/ack-grep
PATH=$HOME/bin:$PATH
: >.mrconfig
run mr register one
run mr grep -l first
run mr clean
run mr record -m x
run mr -d one/CVS status
run mr log -h
rm -r one/CVS/Root
run mr update
