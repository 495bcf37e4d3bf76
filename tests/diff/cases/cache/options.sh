# caching with -j, -d, -f, -n and with an action that fails; --cached after --uncache
dirs a b/sub
config <<'END'
[a]
say = cat "$HOME/what"
[b]
skip = [ ! -e "$HOME/open" ]
say = cat "$HOME/what"; exit 4
END
echo one >what
run mr -d a --cache say
run mr -n1 --cache say
echo two >what
run mr -f --cached say
run mr -f -j1 --cached say
run mr --cached -f -qs say
run mr --cached -f -ms say
run mr --uncache -d a list
run mr --uncache -d a say
run mr --cached -d a say
run mr --cached -f -d b/sub say
run mr --cache --no-print-subdir -f -d b say
run mr --cached --no-print-dir -f -d b say
