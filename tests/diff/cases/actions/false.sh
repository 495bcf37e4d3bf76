# the word false alone is no success of a test, and as a command it fails as any other
dirs a b c d e
config <<'END'
[DEFAULT]
say = echo said
[a]
skip = false
[b]
deleted = false
[c]
say = false
[d]
pre_say = false
[e]
post_say =  false
END
run mr say
run mr -s say
