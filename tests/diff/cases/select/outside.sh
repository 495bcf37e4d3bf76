# sections outside of the directory of their file
dirs a b/c
mkdir "$SANDBOX/out"
printf '[../out]\n[../home/a]\n' >.mrconfig
run mr list
run mr -d .. list
printf '[../../a]\n[c]\n' >b/.mrconfig
cd b
run mr -t list
run mr -t -d .. list
