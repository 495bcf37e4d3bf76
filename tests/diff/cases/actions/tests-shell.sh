# VCS tests in shell that fail, speak or name several
mkdir -p a b/.git c/.git/x
config <<'END'
[DEFAULT]
aa_test = [ -d "$MR_REPO/x" ] && echo noise
bb_test = [ -d "$MR_REPO/.git/x" ]
bb_say = echo bb
say_default = echo default
[a]
[b]
[c]
END
run mr say
run mr -m status
run mr status
