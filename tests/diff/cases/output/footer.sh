# the footer: one, several, none of each kind
dirs a b c
printf '[a]\nok = true\nbad = exit 1\nmix = true\n[b]\nok = true\nbad = exit 1\nmix = exit 1\n[c]\nok = true\nbad = exit 1\nskip = [ "$1" = mix ]\n' >.mrconfig
run mr ok
run mr bad
run mr mix
run mr -d a ok
run mr -d b bad
run mr -f -s mix
