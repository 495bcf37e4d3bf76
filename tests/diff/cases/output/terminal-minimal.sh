# -m on a terminal
TERM=vt100
export TERM
dirs a b c
printf '[a]\nsay = echo said\n[b]\nsay = :\n[c]\nsay = echo bad; exit 1\n' >.mrconfig
run_tty mr -m -j1 say
run_tty mr -q -j1 say
