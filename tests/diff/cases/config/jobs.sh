# jobs stands anywhere in the file
dirs a b
printf 'jobs = 1\n[a]\nsay = echo a\njobs = 1\n[b]\nsay = echo b\n' >.mrconfig
run mr say
run mr -v list
