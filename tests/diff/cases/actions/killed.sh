# a command that a signal ends
dirs a b
printf '[a]\nsay = echo dying; kill -TERM $$\n[b]\nsay = echo b\n' | config
run mr say
printf '[a]\nsay = kill -INT $$\n[b]\nsay = echo b\n' | config
run mr say
printf '[a]\nsay = sh -c "kill -TERM \\$\\$"\n[b]\nsay = echo b\n' | config
run mr say
run mr -q say
run mr -m say
