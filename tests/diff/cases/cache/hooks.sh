# hooks are kept under their own names, and not run when what they said is said again
dirs a b c d e
config <<'END'
[a]
pre_say = echo before; echo x >>"$HOME/ran"
say = echo said; echo y >>"$HOME/ran"
post_say = echo after >&2; echo z >>"$HOME/ran"
[b]
pre_say = echo stop; exit 2
say = echo never
[c]
pre_say = echo before
say = true
[d]
say = false
[e]
say = echo said
post_say = echo bad; exit 4
END
run mr --cache say
run mr --cached say
run mr --cached -q say
run mr --cached -m say
run cat ran
run mr --uncache --cached say
run cat ran
run mr --uncache say
