# with -d inside a leaf repository commands run in that directory
# oracle: names the directory and runs in the working directory
dirs a/sub b
printf '[a]\n' >.mrconfig
run mr -d a/sub run pwd
cd b
run mr -d ../a/sub run pwd
