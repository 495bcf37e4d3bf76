# no configuration at all, an empty one, one with nothing to do
run mr list
run mr status
: >.mrconfig
run mr list
run mr config a b
printf '[DEFAULT]\nx = true\n[ALIAS]\ny = x\n' >.mrconfig
run mr list
run mr y
