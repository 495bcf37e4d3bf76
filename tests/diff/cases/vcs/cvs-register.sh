# CVS: register
# requires: cvs
cvs_remote one
cvs -Q -d "$REMOTE/cvs" checkout -d one one
: >.mrconfig
run mr register one
run cat .mrconfig
