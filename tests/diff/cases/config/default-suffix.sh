# X_default holds where neither X nor VCS_X is there
dirs a b c
mkdir b/.git
config <<'END'
[DEFAULT]
say_default = echo default
git_say = echo git
[a]
[b]
[c]
say = echo own
[missing]
END
run mr say
run mr say_default
