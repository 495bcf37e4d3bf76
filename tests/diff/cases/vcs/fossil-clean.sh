# Fossil: clean lists what it would delete, and deletes with -f
# oracle: has it the other way round
# requires: fossil
fossil_remote one
mkdir one
(cd one && fossil open "$REMOTE/one.fossil" >/dev/null)
printf '[one]\n' >.mrconfig
echo x >one/new
run mr clean
run ls one
run mr clean -f
run ls one
