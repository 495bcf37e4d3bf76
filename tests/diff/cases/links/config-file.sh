# -c with a link to a file, and a .mrconfig that is a link into another directory
git_remote one
git_clone one
git_clone one conf/inner
printf '[inner]\n[one]\n' >conf/mine
ln -s conf/mine linked
run mr -c linked list
run mr -t -c linked list
run mr -t -c conf/mine list
run mr -c conf/mine register conf/inner
run cat conf/mine
mkdir sub
ln -s ../conf/mine sub/.mrconfig
cd sub
run mr -t list
run mr config inner checkout
