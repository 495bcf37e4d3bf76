# commands read what mr was given to read
dirs a b
printf '[a]\n[b]\nask = read x && echo "got $x"\n' >.mrconfig
printf 'line one\nline two\nline three\n' >input
run_from input mr -d b ask
run_from input mr -j1 run cat
run_from input mr -j1 run head -c 5
run mr run cat
