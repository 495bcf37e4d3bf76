# options without effect on an action: -p, --path, -k, --insecure, and MR_SWITCHES with all of them
dirs a
config <<'END'
[a]
say = echo "<$MR_SWITCHES>"
END
run mr -p say
run mr --path --insecure say
run mr -pk -n1 say
run mr -p -p -k -c .mrconfig -d a say -p
run mr -k -j1 --no-print-dir say
run mr -n say
run mr -j -n say
run mr -d a -- say
