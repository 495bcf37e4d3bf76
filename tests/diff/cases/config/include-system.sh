# the extension files that come with mr can be included
dirs a b/.git
config <<'END'
[DEFAULT]
include = cat /usr/share/mr/git-fake-bare /usr/share/mr/git-svn
[a]
[b]
END
run mr list
run mr config DEFAULT fake_bare_git_test
run mr -m status
