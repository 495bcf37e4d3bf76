# nothing to work on
dirs a/sub b
printf '[a]\n' >.mrconfig
cd b
run mr list
run mr -m list
run mr -q status
run mr -s update
run mr -n list
