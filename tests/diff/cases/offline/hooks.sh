# hooks of an action in offline mode, definitions of one's own for online, and hooks that fail
dirs a b c
config <<'END'
[DEFAULT]
pre_online = echo before
post_online = echo after
[a]
update = false
pre_update = echo pre
[b]
pre_update = echo pre; exit 1
update = echo fine
[c]
update = exit 3
post_update = echo never
END
run mr offline
run mr update
run sed 's/,.*//' .mrlog
rm .mrlog
run mr online
printf '[a]\nonline = echo mine "$@"\nremember = echo "mine: $*"\nbad = exit 1\n' >.mrconfig
run mr offline
run mr bad x
run mr online y
run cat .mrlog
