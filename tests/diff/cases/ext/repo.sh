# repo: how it is told, and what is run
# extensions: both
stub repo
extensions repo
dirs tree/.repo plain/.git
printf '[tree]\n[plain]\n' >>.mrconfig
run mr -d tree update
run mr -d tree update -j4 'two words'
run mr -d tree status
run mr -d tree diff -u
run mr -d tree grep -e x
calls
touch tree/fail
run mr -d tree update
run mr -d tree status
run mr -d tree grep nowhere
run mr -d tree log
run mr -d plain list
