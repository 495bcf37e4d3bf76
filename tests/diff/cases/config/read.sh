# config prints settings, own, inherited and built-in, and says what is not set
dirs a b
config <<'END'
[DEFAULT]
def = default
[a]
one = 1
multi =
	x
	y
[b]
END
run mr config a one
run mr config a multi
run mr config a def
run mr config a one multi
run mr config a one nothing multi
run mr config nothing one
run mr config a
run mr config
run mr config DEFAULT order
run mr config "$HOME/a" one
run mr -c .mrconfig config a one
