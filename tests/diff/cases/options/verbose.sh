# -v says what is read, run and skipped
dirs a b/x c
config <<'END'
[DEFAULT]
lib = x=1
include = echo '# nothing'
[a]
say = echo a
pre_say = echo pre
[b]
say = echo b
chain = true
lib = y=2
[c]
skip = true
[d]
say =
	echo d
	exit 2
checkout = mkdir d
END
printf '[x]\n' >b/.mrconfig
run mr -v say
run mr -v checkout
run mr -v say
run mr -v checkout
run mr -v config a say
