# _append and _prepend join with newlines, onto what is inherited too
dirs a b
config <<'END'
[DEFAULT]
say = echo default
say_append = echo appended to default
[a]
say_append = echo appended
say_prepend = echo prepended
new_append = echo new
run_prepend = echo before \
[b]
say = echo own
say_append =
	echo more
	echo lines
say_prepend = env X=1 \
END
run mr say
run mr new
run mr config a say
run mr config b say
run mr config a new
run mr run echo x
