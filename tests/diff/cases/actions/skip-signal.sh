# a skip test that a signal ends stops the run; so does one of deleted
dirs a b
printf '[a]\nskip = kill -TERM $$\n[b]\nsay = echo b\n' | config
run mr say
printf '[a]\nskip = kill -INT $$\n[b]\nsay = echo b\n' | config
run mr say
printf '[a]\ndeleted = kill -KILL $$\n[b]\nsay = echo b\n' | config
run mr say
