# vcsh: checkout, update, record, push, commit, clean, grep
# requires: vcsh
fixed_dates
git_remote dot
config <<END
[DEFAULT]
vcsh_record = vcsh run "\$MR_REPO" git commit -q -a "\$@"
[.config/vcsh/repo.d/dot.git]
checkout = vcsh clone -b master $REMOTE/dot.git dot >/dev/null 2>&1
END
run mr checkout
git_advance dot
run mr update -q
run mr status
echo changed >>file
run mr record -m 'my change'
run mr -m status
run mr push -q
run mr run git log --format=%s
echo again >>file
run mr commit -q -m 'a second'
git -C "$REMOTE/dot.git" log --format=%s >said
run cat said
run mr grep first
run mr fetch
