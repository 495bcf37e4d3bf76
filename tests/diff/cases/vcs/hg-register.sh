# Mercurial: register
# requires: hg
hg_remote one
hg clone -q "$REMOTE/one" src
: >.mrconfig
cd src
run mr register
run cat ../.mrconfig
run mr list
