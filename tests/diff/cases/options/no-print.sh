# the parts of the header and the footer can be left out
dirs a/sub b
printf '[a]\nsay = echo said\n[b]\nsay = true\n' >.mrconfig
run mr --no-print-action say
run mr --no-print-dir say
run mr --no-print-footer say
run mr --no-print-action --no-print-dir say
run mr -m --no-print-action --no-print-dir say
cd a/sub
run mr say
run mr --no-print-subdir say
run mr --no-print-dir say
run mr --no-print-action --no-print-dir --no-print-subdir say
run mr -m --no-print-action say
run mr -q say
