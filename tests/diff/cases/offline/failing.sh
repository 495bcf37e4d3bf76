# commands that fail again when online stay in ~/.mrlog.old
dirs a
printf '[a]\nsay = echo trying; exit 1\n' >.mrconfig
run mr offline
run mr say
run mr online
run cat .mrlog
run cat .mrlog.old
run mr online
