# an include that fails, says something, is killed
dirs a
config <<'END'
[a]
say = echo a
include = false
include = echo "x = echo x"; echo complaint >&2; exit 3
include = kill -9 $$
END
run mr list
run mr x
