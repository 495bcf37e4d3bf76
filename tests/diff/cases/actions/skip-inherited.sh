# skip in DEFAULT, in VCS_skip, skip_default
mkdir -p a/.git b/.svn c
config <<'END'
[DEFAULT]
skip = [ "$1" = status ]
[a]
[b]
skip = ! :
[c]
say = echo c
END
run mr run echo x
run mr list
run mr status
config <<'END'
[DEFAULT]
git_skip = true
svn_skip = ! :
skip_default = true
[a]
[b]
[c]
END
run mr run echo x
run mr checkout
