# -c does not make a file trusted
mkdir a
printf '[a]\nsay = echo hello\n' >conf
run mr -c conf say
run mr -t -c conf say
echo "~/conf" >.mrtrust
run mr -c conf say
run mr --config ./conf say
run mr -c "$HOME/conf" say
