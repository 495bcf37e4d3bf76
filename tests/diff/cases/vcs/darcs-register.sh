# Darcs: register
# requires: darcs
darcs_remote one
darcs get -q "$REMOTE/one" one
: >.mrconfig
run mr register one
run cat .mrconfig
