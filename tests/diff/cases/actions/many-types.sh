# a directory that is of several types
mkdir -p a/.git a/.hg a/.svn b
printf '[a]\n[b]\nstatus = echo fine\n' >.mrconfig
run mr status
run mr log
run mr checkout
