# status as the shell extension caches it: quietly, at the top, one repository
git_pair one two
echo changed >>one/file
touch two/new
run mr --cache status
fgit -C one checkout file
run mr --cached status
cd one
run mr --no-recurse --quiet --cache status
cd ..
run mr --cached status
mkdir two/sub
cd two/sub
rm ../new
run mr --no-recurse --quiet --top --cache status
cd ../..
run mr -m --cached status
run mr --uncache status
run mr --cached list
run mr --cached update
