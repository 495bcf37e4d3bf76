# Fossil: commit and record are the same, register, and what fails
# requires: fossil
fossil_remote one
mkdir one
(cd one && fossil open "$REMOTE/one.fossil" >/dev/null)
printf '[one]\n' >.mrconfig
run mr status
run mr record -m nothing
run mr commit -m nothing
run mr run cat file
run mr -d one register
run mr grep x
