# register of what is no directory, where the working directory is no repository
: >.mrconfig
: >file
run mr register nowhere
run mr register file
run mr register -h
run mr register nowhere parameter
run mr register
run mr -v register nowhere
run cat .mrconfig
