# -s: who failed and who was skipped
dirs a b c
printf '[a]\nsay = exit 1\n[b]\nskip = true\n[c]\nsay = echo c\n[d]\n' >.mrconfig
run mr -s say
run mr -s list
run mr -ms say
run mr -s -d c say
run mr --stats --no-print-footer say
