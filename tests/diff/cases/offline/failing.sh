# a command that fails again when online stays in the log with a note, and the others are run
# oracle: leaves all of them in ~/.mrlog.old, where the next failure overwrites them
without_time() { sed -i 's/, [0-9-]* [0-9:]*$/, WHEN/' .mrlog; }

dirs a b
config <<'END'
[a]
say = echo trying; [ -e "$HOME/a/ok" ]
[b]
say = echo trying; [ -e "$HOME/b/ok" ]
END
run mr offline
run mr say
: >b/ok
run mr online
without_time
run cat .mrlog
run mr say
: >a/ok
run mr online
run mr online
