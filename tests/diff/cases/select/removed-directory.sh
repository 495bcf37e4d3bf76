# the working directory is gone
dirs a gone
printf '[a]\n' >.mrconfig
cd gone
rmdir "$HOME/gone"
run mr list
run mr -d "$HOME" list
