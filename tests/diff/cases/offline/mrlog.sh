# offline, remember and online keep commands in ~/.mrlog
dirs a b
config <<'END'
[a]
say = [ -e "$HOME/net" ] && echo "said $*"
[b]
say = echo fine
END
run mr online
run mr offline
run cat .mrlog
run mr say one 'two three'
run cat .mrlog
run mr say one 'two three'
run cat .mrlog
run mr remember -d "$HOME/a" say again
cd a
run mr remember say here
cd ..
run mr -s -n 1 remember list
run cat .mrlog
: >net
run mr online
run cat .mrlog
run mr online
