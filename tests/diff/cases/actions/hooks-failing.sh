# a hook that fails fails the repository, without more words
# jobs: 8
dirs a b c d e
config <<'END'
[DEFAULT]
say = echo said
[a]
pre_say = echo no; exit 1
[b]
post_say = echo no >&2; exit 3
[c]
say = exit 1
post_say = echo never
[d]
update = true
fixups = exit 1
[e]
pre_say = true
post_say = exit 2
[f]
checkout = mkdir f
fixups = exit 3
[g]
checkout = mkdir g
post_checkout = rmdir g
fixups = echo never
END
run mr say
run mr -s update
run mr -m say
run mr -q say
