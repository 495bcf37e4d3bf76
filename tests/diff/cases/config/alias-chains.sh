# an alias of an alias, and the beginning of an alias
# oracle: takes the second alias, or the alias begun, for an action
dirs a
config <<'END'
[ALIAS]
hi = greet
greetings = hi
[a]
greet = echo hello
END
run mr greetings
run mr greeti
run mr h
