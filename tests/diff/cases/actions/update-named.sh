# every action with update in its name checks out what is missing; and runs the fixups
dirs there
config <<'END'
[DEFAULT]
fixups = echo fixed
checkout = mkdir "$(basename "$MR_REPO")"
myupdate = echo mine
updates = echo all
[there]
[one]
END
run mr myupdate
rmdir one
run mr updates
