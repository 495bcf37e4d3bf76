# -t trusts every file of the run
dirs a b/x
printf '[a]\n[b]\nchain = true\n' >.mrconfig
printf '[x]\nsay = echo x\n' >b/.mrconfig
run mr say
run mr -t say
cd b
run mr say
run mr -t say
