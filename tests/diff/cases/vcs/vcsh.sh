# vcsh: status, log, push, of a repository in ~/.config/vcsh
# requires: vcsh
git_remote dot
vcsh clone -b master "$REMOTE/dot.git" dot >/dev/null 2>&1
config <<END
[.config/vcsh/repo.d/dot.git]
checkout = vcsh clone $REMOTE/dot.git dot
[.config/vcsh/repo.d/other.git]
checkout = vcsh clone -b master $REMOTE/dot.git other
skip = lazy
END
git_advance dot
echo changed >>file
run mr status
run mr log --format=%s
run mr diff
run mr run git rev-parse --git-dir
run mr list
