# standard error is closed; standard output is a pipe that nobody reads any more
dirs a b
printf '[a]\nsay = echo said\n[b]\nsay = echo complained >&2\n' >.mrconfig
run sh -c 'mr -d a say 2>&-'
run sh -c 'mr -d b say 2>&-'
