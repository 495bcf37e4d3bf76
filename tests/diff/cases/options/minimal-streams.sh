# -m and -q bring both streams of a command together
dirs a b
config <<'END'
[a]
say = echo out; echo err >&2; echo out again
[b]
say = echo err >&2; exit 1
END
run mr -m say
run mr -q say
