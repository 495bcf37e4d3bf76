# aliases are actions of other names; they can stand for unknown things
dirs a
config <<'END'
[ALIAS]
hi = greet
odd = nothing
co = list
[a]
greet = echo hello
END
run mr hi
run mr odd
run mr co
