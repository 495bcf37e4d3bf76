# on a terminal
TERM=vt100
export TERM
git_pair one two
echo x >one/new
echo more >>two/file
printf '[DEFAULT]\nsay = test -t 1 && echo terminal; test -t 2 && echo also\n' >>.mrconfig
run_tty mr -j1 status
run_tty mr -j1 run sh -c 'test -t 1 && echo terminal; test -t 2 && echo also; stty size <&1'
run_tty mr list
run_tty mr nothing
