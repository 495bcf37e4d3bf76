# pre_, post_ and fixups run around the action, in the right directory
dirs there/sub
config <<'END'
[DEFAULT]
pre_checkout = echo "pre $(basename "$PWD") $#"
post_checkout = echo "post $(basename "$PWD") $#"
fixups = echo "fixups $(basename "$PWD") $# $MR_ACTION"
pre_update = echo pre_update
post_update = echo post_update "$(basename "$PWD")"
pre_run = echo pre_run
[new]
checkout = mkdir new; echo checked out
update = echo updated
[there]
update = echo "updated $*"
[deep/new]
checkout = mkdir new
update = true
END
run mr update a b
run mr checkout
run mr run echo x
cd there/sub
run mr update
run mr run pwd
