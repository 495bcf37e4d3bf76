# what comes after the action belongs to the action
dirs a
printf '[a]\nsay = echo "$@"\n' >.mrconfig
run mr say -q
run mr say -d nowhere
run mr -s say -- -j 3
run mr --no-print-footer say --no-print-footer
