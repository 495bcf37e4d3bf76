# names, directories and parameters of bootstrap
git_remote one
git_import one master second 'more'
printf '[one]\ncheckout = git clone %s one\n' "$REMOTE/one.git" >list
run mr boot list abbreviated
run mr bootstrap "$HOME/list" a/b/c
mkdir sub
cd sub
run mr bootstrap ../list
run mr bootstrap ../list
cd ..
run mr bootstrap ''
printf '[one]\ncheckout = echo "got $*"; mkdir one\n[../two]\ncheckout = mkdir two\n' >params
run mr -t bootstrap params params.d x 'y z'
run mr -t bootstrap params
run mr -t --no-print-footer bootstrap params footer.d
touch file
run mr bootstrap missing/list missing
printf '' >empty
run mr bootstrap empty empty.d
printf '[DEFAULT]\nlib = true\n' >default
run mr bootstrap default default.d
printf '[a]\nchain = true\n[b]\nskip = true\norder = 5\n' >chain
mkdir -p chain.d/b
run mr bootstrap chain chain.d
