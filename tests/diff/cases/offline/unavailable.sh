# offline, remember and online work although the first repository is skipped, lazy or missing; so does remembering what failed
# oracle: does nothing then
dirs b
config <<'END'
[a]
skip = lazy
[b]
skip = [ "$1" != say ]
say = echo "said $*"; [ -e "$HOME/net" ]
END
run mr offline
run mr say x
run mr remember say y
run cat .mrlog
: >net
run mr online
printf '[src/a]\n[b]\nsay = echo "said $*"\n' >.mrconfig
run mr offline
run mr remember say
run mr -d b remember say z
run cat .mrlog
run mr online
run mr -v offline
