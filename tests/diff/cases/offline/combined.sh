# offline mode with -q, -m, -s, -n and -v, and standing in a subdirectory
dirs a/sub b
config <<'END'
[a]
say = echo "said $*" >&2; exit 1
[b]
say = echo fine
END
run mr offline
run mr -m say 1
run mr -q say 2
run mr -s say 3
run mr -n1 say 5
cd a/sub
run mr say 6
run mr --top say 7
cd ../..
run cat .mrlog
