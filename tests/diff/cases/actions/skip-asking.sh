# a skip that asks the user reads what mr was given to read, whatever may run in parallel
git_pair a b c
sed -i '1i [DEFAULT]\nskip = printf "skip %s? " "$MR_REPO"; read answer; [ "$answer" = y ]' .mrconfig
printf 'n\ny\nn\n' >answers
run_from answers mr update
run_from answers mr status
run_from answers mr -q status
run_from answers mr -m status
rm -rf a b c
run_from answers mr checkout
