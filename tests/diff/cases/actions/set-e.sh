# commands run under set -e, in a function, and see what lib leaves
dirs a
config <<'END'
[a]
lib = x=from-lib
returns = echo before; return 4; echo never
local = local y=1; echo "$x $y $#"
cdaway = cd /; pwd
subshell = (false); echo never
tested = if false; then :; fi; false || true; echo here
pipe = false | true; echo here
unset = echo "$nothing"; echo "$-" | grep -c e
END
for action in returns local cdaway subshell tested pipe unset; do
	run mr $action 1 2
done
