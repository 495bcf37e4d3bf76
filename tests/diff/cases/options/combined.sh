# -m, -q and -s with each other and with what leaves lines out
# jobs: 1 8
dirs a b c d
config <<'END'
[a]
say = echo said
[b]
say = true
[c]
say = echo bad; exit 2
[d]
skip = true
END
for options in -ms -qs -mq -mqs -sm '-m -d a' '-q -d c' '-qs -n1' '-ms --no-print-footer' '-s --no-print-footer' \
	'-m --no-print-action' '-m --no-print-dir' '-q --no-print-action --no-print-dir' '-s -f' '-ms -f' '-s -d d' '-m -d d' \
	'-q -d d' '-m -d b' '--no-print-action --no-print-dir --no-print-footer'; do
	run_merged sh -c "mr $options say 2>/dev/null"
	run sh -c "mr $options say 2>&1 >/dev/null"
done
