# directories of no known type, or with no such action for it
# jobs: 8
mkdir -p a b/.svn c/CVS
printf '[%s]\n' a b c >.mrconfig
run mr fetch
run mr record
run mr -m record
run mr ed
run mr right
