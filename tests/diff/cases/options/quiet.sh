# -q: nothing but what failed
dirs a b c d
config <<'END'
[a]
say = echo said; echo complained >&2
[b]
say = echo said; exit 1
[c]
say = exit 2
[d]
skip = true
END
run mr -q say
run mr -qs say
run mr --quiet list
run mr -qm say
run mr -qv -d a list
