# a lib may redefine git as a function
git_pair one
sed -i '1i[DEFAULT]\nlib = git() { echo "git $*"; }\n' .mrconfig
run mr status
run mr update
run mr log -3
