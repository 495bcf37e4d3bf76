# VCS_action settings, own ones and those of new systems
mkdir -p a/.git b/.git c/.mine d
config <<'END'
[DEFAULT]
mine_test = [ -d "$MR_REPO/.mine" ]
mine_status = echo my status "$@"
mine_update = echo my update
git_status = echo git status "$@"
git_special = echo special
[a]
[b]
status = echo own
git_update = echo own git update
[c]
[d]
END
run mr status x y
run mr update
run mr special
run mr -m special
run mr test
