# --top and a subdirectory with -n, -d, -m, -q, -f and what leaves parts of the line out
dirs a/sub/deep b
config <<'END'
[a]
say = pwd
skip = [ "$1" = skipped ]
skipped = pwd
[b]
END
cd a/sub
for options in --top '--top -n' '--top -n 1' '--top -m' '--top -q' '--top -s' '--top --no-print-subdir' '--top --no-print-dir' \
	'--no-print-subdir --no-print-action' '--no-print-dir --no-print-action' '--top -d ../../b' '--top -d ../..'; do
	run mr $options say
done
run mr --top skipped
run mr --top -f skipped
cd deep
run mr --top run pwd
run mr --top -n run pwd
