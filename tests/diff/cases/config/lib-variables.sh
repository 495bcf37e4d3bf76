# variables and options set in lib; a lib that prints; one that is broken
dirs a
config <<'END'
[a]
lib =
	var=value
	set -u
say = echo "$var"; echo "$nothing"
END
run mr say
printf '[a]\nlib = echo from lib\nsay = echo said\nok = true\n' | config
run mr say
run mr ok
printf '[a]\nlib = false\nsay = echo said\nok = true\n' | config
run mr say
run mr ok
printf '[a]\nlib = f( {\nsay = echo said\n' | config
run mr say
