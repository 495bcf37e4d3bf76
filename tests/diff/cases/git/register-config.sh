# register writes to the file of -c, or to the nearest one
git_remote one two
git_clone one sub/one
git_clone two sub/two
echo >sub/.mrconfig
cd sub/one
run mr register
cd ../two
run mr -c ../../other register
run mr -c ../../other list
