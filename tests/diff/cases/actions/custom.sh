# any setting is an action; abbreviations, unknown and ambiguous ones
dirs a
config <<'END'
[a]
hello = echo hello
helpme = echo helpme
stat_us = echo us
stash = echo stash
checkpoint = echo checkpoint
END
run mr hello
run mr hell
run mr hel
run mr helpm
run mr us
run mr sta
run mr status
run mr stas
run mr che
run mr check
run mr nothing
run mr ''
run mr c
run mr Hello
