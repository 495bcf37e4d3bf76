# what is at or below the working directory; a leaf repository from inside
dirs a/b a/c/sub d
printf '[a]\n[a/b]\n[a/c]\n[d]\n' >.mrconfig
run mr list
cd a
run mr list
cd c
run mr list
cd sub
run mr list
run mr run pwd
cd ../../b
run mr list
cd ..
mkdir between
cd between
run mr list
cd "$SANDBOX"
run mr list
run mr -d "$HOME/a" list
