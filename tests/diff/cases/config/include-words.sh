# a command that needs no shell: any white space stands between its words
dirs a
printf 'say = echo included\n' >part
printf '[a]\ninclude = cat\rpart\n' | config
run mr say
printf '[a]\ninclude = cat\r part\f\n' | config
run mr say
