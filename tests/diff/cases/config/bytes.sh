# bytes that are no UTF-8, control characters, no newline at the end of the file
dirs a
printf '[a]\nsay = printf "%%s" "\377\376 \001\033[m \303\244"\nlast = echo no newline' >.mrconfig
run mr say
run mr last
run mr config a say
