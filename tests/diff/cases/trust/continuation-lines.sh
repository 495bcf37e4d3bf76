# an untrusted checkout of two lines would be two commands
# oracle: takes the newline for a blank between words and runs the second line as a command
mkdir sub
cd sub
printf '[a]\ncheckout = git clone url\n\ta\n' >.mrconfig
run mr list
printf '[a]\ncheckout =\n\tgit clone url a\n' >.mrconfig
run mr list
