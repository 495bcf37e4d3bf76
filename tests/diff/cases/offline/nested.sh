# online and remember among the remembered commands; a failing one is not remembered a second time meanwhile
dirs a
config <<'END'
[a]
say = echo "said $*"
END
run mr offline
run mr remember online
run mr remember say x
run cat .mrlog
run mr online
run ls .mrlog
