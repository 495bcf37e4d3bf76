# --cache keeps what was said, --cached says it again, --uncache forgets
dirs a/sub b
config <<'END'
[a]
say = echo "said $(cat "$HOME/what")"
[b]
say = echo complained >&2; exit 3
END
echo one >what
run mr --cache say
echo two >what
run mr --cached say
run mr say
run mr --cached -m say
cd a/sub
run mr --cached say
cd ../..
run mr --uncache say
run mr --cached say
