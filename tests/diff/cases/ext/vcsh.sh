# vcsh: including its file changes nothing, since it is built in
# requires: vcsh
# extensions: yes
git_remote dot
vcsh clone -b master "$REMOTE/dot.git" dot >/dev/null 2>&1
extensions vcsh
cat >>.mrconfig <<SH
[.config/vcsh/repo.d/dot.git]
checkout = vcsh clone $REMOTE/dot.git dot
SH
echo changed >>file
run mr status
run mr log --format=%s
run mr diff
