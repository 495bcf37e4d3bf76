# a chained file is not trusted because of the file that chains to it
mkdir -p a/x
printf '[a]\nchain = true\n' >.mrconfig
printf '[x]\nsay = echo hello\n' >a/.mrconfig
run mr say
echo "~/a/.mrconfig" >.mrtrust
run mr say
rm .mrtrust
printf '[x]\nskip = true\n' >a/.mrconfig
run mr -v list
