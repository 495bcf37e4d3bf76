# exit statuses of commands
# jobs: 1 8
dirs a
config <<'END'
[a]
leave = exit $1
not_found = no_such_command_here
status =
	false
	echo never
last = echo a; false
END
run mr leave 0
run mr leave 1
run mr leave 2
run mr leave 126
run mr leave 127
run mr leave 255
run mr -v leave 3
run mr not_found
run mr found
run mr status
run mr last
run mr run false
run mr run no-such-command-here
run mr run sh -c 'exit 200'
