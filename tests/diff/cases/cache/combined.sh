# caching with the other options
dirs a/sub b
config <<'END'
[a]
say = cat "$HOME/what"; pwd; [ ! -e "$HOME/bad" ]
[b]
skip = true
say = echo never
END
echo one >what
run mr --cached say
echo two >what
run mr --cache --cached say
run mr --cached -v say
run mr --no-print-dir --cached say
run mr --no-print-dir --no-print-action --cached say
run mr -s --cached --no-print-footer say
: >what
run mr -m --cache say
run mr -m --cached say
echo three >what
touch bad
run mr -q --cache say
run mr -q --cached say
run mr -v --cached say
run mr -j2 --cached say
cd a/sub
echo four >"$HOME/what"
run mr --cache say
run mr --uncache say
run mr --top --cache say
run mr --top --cached say
run mr --top --uncache --cached say
