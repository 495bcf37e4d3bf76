# with --force-env the variables reach the commands
dirs a
printf '[a]\nsay = echo "<$GIT_DIR> <$VCSH_COMMAND>"\n' >.mrconfig
export GIT_DIR=x VCSH_COMMAND=y
run mr say
run mr --force-env say
run mr --force-env -q say
run mr --forc say
