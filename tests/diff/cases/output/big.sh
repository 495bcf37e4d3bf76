# a megabyte, and half a megabyte on both streams at once
# jobs: 1 8
dirs a b c
config <<'END'
[a]
say = seq 1 170000
[b]
say = seq 1 80000 >&2 & seq 1 80000; wait
[c]
say = seq 1 100 | tr '\n' ' '
END
run mr say
