# a name that begins another is not its parent
dirs ab abc 'ab c' ab/x
printf '[%s]\n' ab abc 'ab c' ab/x a >.mrconfig
cd ab
run mr list
cd ../abc
run mr list
run mr -d ../a list
