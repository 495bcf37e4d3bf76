# -m: only what says something or fails
dirs a b c d e
config <<'END'
[DEFAULT]
skip = [ "$(basename "$MR_REPO")" = e ]
[a]
say = echo said
[b]
say = true
[c]
say = exit 1
[d]
say = echo before; exit 3
[e]
[f]
END
run mr -m say
run mr -m -s say
run mr --minimal list
run mr -mv -d a say
