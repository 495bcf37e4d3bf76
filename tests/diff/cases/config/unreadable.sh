# a configuration that is a directory, and a file of -c that is not there
# oracle: takes what it cannot read for an empty file
dirs a real
mkdir .mrconfig
run mr list
rmdir .mrconfig
printf '[a]\n' >.mrconfig
run mr -c nothing list
run mr -c real list
run mr -c nothing/at/all list
