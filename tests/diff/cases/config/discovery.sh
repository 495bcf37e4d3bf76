# ~/.mrconfig and the nearest file above where one stands are both read
dirs a/x b/c/y
printf '[a]\n' >.mrconfig
printf '[c/y]\n' >b/.mrconfig
run mr list
cd b
run mr list
cd c
run mr list
cd y
run mr run sh -c 'echo "$MR_CONFIG"'
cd "$SANDBOX"
run mr list
