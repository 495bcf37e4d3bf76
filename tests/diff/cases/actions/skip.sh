# skip: true, a command, one that speaks, its parameter, the environment
# jobs: 8
dirs a b c d e f g
config <<'END'
[a]
skip = true
[b]
skip = [ x = y ]
[c]
skip = test "$1" = run
[d]
skip = echo "asked about $1 by $MR_ACTION in $(basename "$MR_REPO")"; false
[e]
skip =   true  
[f]
skip =
	# a comment
	[ "$1" = list ]
[g]
skip = echo complaint >&2; exit 3
END
run mr run echo x
run mr list
run mr -v list
run mr -f list
run mr --force run true
run mr -s list
