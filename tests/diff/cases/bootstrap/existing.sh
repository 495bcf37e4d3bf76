# a .mrconfig that is there is not overwritten, and is the one that counts
git_remote one two
mkdir there
printf '[two]\ncheckout = git clone %s two\n' "$REMOTE/two.git" >there/.mrconfig
printf '[one]\ncheckout = git clone %s one\n' "$REMOTE/one.git" >list
run mr bootstrap list there
run mr -t bootstrap list there
printf '[two]\ncheckout = true\nfixups = echo hello\n' >there/.mrconfig
echo '~/there/.mrconfig' >.mrtrust
run mr bootstrap list there
run mr bootstrap list
