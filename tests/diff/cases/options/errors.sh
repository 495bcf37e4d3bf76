# options that are none, that lack their value, and no action at all
dirs a
printf '[a]\nsay = echo said\n' >.mrconfig
run mr
run mr -v
run mr -Z say
run mr --nothing say
run mr --config
run mr -d
run mr -vZ say
run mr --no say
run mr --no-print say
run mr -j x say
run mr -n x say
run mr --jobs=x say
run mr --quiet=yes say
run mr --
run mr -
run mr -xm1 -n=2 --no --quiet=yes -d
run mr --=1 --m= -? say
run mr -j x -Z
run mr --config= --jobs=y -vé
