# lib accumulates over DEFAULT and sections, and its functions are there in every command
dirs a b
config <<'END'
[DEFAULT]
lib =
	greet() { echo "hello from $1"; }
lib =
	second() { greet second; }
[a]
lib = third() { echo third; greet third; }
say = third; second
[b]
say = greet b
fail = third
skip = greet "skip $1"; false
pre_say = greet pre
END
run mr say
run mr fail
run mr config a lib_does_not_exist
