# a section takes what DEFAULT holds when it first appears; a reopened one merges
dirs a b c
config <<'END'
[a]
[DEFAULT]
say = echo one
[b]
[DEFAULT]
say = echo two
other = echo other
[c]
[b]
mine = echo mine
[a]
mine = echo of a
END
run mr say
run mr other
run mr mine
run mr config b say
run mr config DEFAULT say
run mr config a say
