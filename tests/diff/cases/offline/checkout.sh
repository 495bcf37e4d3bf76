# a checkout that fails is remembered for its repository
# oracle: remembers it for the directory above, where online finds nothing to do
dirs here
config <<'END'
[here]
[src/a]
checkout = [ -e "$HOME/net" ] && mkdir a
[src/deep/b]
checkout = [ -e "$HOME/net" ] && mkdir b
END
run mr offline
run mr checkout
run mr -d src/a update
run cat .mrlog
: >net
run mr online
run ls src src/deep
run ls .mrlog
