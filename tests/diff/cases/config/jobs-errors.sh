# jobs that are no number are an error that names the place
# oracle: says so on standard output, without the place
dirs a
printf 'jobs = many\n[a]\n' >.mrconfig
run mr list
printf '[a]\njobs = -1\n' >.mrconfig
run mr list
printf '[a]\njobs = 2 3\n' >.mrconfig
run mr -q list
