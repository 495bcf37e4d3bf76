# what failed under -d is remembered for its own repository
# oracle: remembers the -d behind its own, which leads to another directory
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
run cat .mrlog
: >net
run mr online
run ls .mrlog
