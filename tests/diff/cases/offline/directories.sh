# what failed under -d and -c is remembered for its own repository
# oracle: remembers both as they were given, and they lead to another directory
dirs src/a src/b other
config <<'END'
[other]
say = echo fine
[src/a]
say = echo "said $*"; [ -e "$HOME/net" ]
[src/b]
say = echo fine
END
run mr offline
run mr -d src say x
printf '[src]\nsay = echo "conf $*"; [ -e "$HOME/net" ]\n' >mine
run mr -t -c mine -d src say y
run mr -d src -c mine -t remember list
run cat .mrlog
: >net
run mr online
run ls .mrlog
