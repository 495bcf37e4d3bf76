# short, long, bundled, abbreviated options, with their values joined or apart
dirs a/b c
printf '[a]\nsay = echo said\n[a/b]\nsay = echo said b\n[c]\nsay = true\n' | config
printf '[a]\nsay = echo other\n' | config other
echo "~/other" >.mrtrust
run mr -d a say
run mr -da say
run mr --directory a say
run mr --directory=a say
run mr --dir=a say
run mr -c other say
run mr -cother say
run mr --config=other say
run mr --conf other say
run mr -ms say
run mr -sm say
run mr -qs say
run mr -sqd a say
run mr -n1 say
run mr -n 1 say
run mr -n say
run mr -n0 say
run mr --no-recurse=1 say
run mr --no-recurse say
run mr -fpt say
run mr -p say
run mr --path say
run mr --stat say
run mr -- say
run mr -s -- say -x
