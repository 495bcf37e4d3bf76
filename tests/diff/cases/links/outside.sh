# a link that leads out of a repository is not inside of it
dirs a
mkdir -p "$SANDBOX/elsewhere/data"
ln -s "$SANDBOX/elsewhere" a/out
printf '[a]\n[.]\n' >.mrconfig
cd a/out/data
run mr list
run mr -n list
cd ..
run mr list
cd "$HOME"
run mr -d a/out list
run mr -d a/out/data list
