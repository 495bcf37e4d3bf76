# Subversion: clean and grep call programs that may be missing; update of a part; a subdirectory
# requires: svn svnadmin
svn_remote one
svn -q checkout "file://$REMOTE/svnrepo/one" one
printf '[one]\n' >.mrconfig
mkdir bin one/sub
printf '#!/bin/sh\necho "svn-clean $*"\n' >bin/svn-clean
printf '#!/bin/sh\necho "ack $*"; exit 1\n' >bin/ack
chmod +x bin/*
run mr clean
PATH=$HOME/bin:$PATH
run mr clean
run mr clean -f x
run mr grep a 'b c'
run mr update file
cd one/sub
run mr status
run mr -n status
run mr --top status -q
