# a repository that cannot be entered
mkdir a
echo x >b
printf '[a]\n[b]\n[d]\n[b/x]\n[y]\ncheckout = mkdir y\n' >.mrconfig
run mr run pwd
run mr status
run mr update
