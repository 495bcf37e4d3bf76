# a hook that a signal ends stops the run
dirs a b
printf '[DEFAULT]\nsay = echo said\n[a]\npre_say = kill -TERM $$\n[b]\n' | config
run mr say
printf '[DEFAULT]\nsay = echo said\n[a]\npost_say = kill -INT $$\n[b]\n' | config
run mr say
