# $HOME, ${VAR}, ${VAR:-default} and $(command) in section names
dirs a b c 'c d' e f
export B=b EMPTY= 
config <<'END'
[$HOME/a]
[${HOME}/$B]
[${C:-c}]
[${C:-c d}]
[$(echo e)]
[${EMPTY:-f}]
[`echo g`]
[$NOTHING]
END
run mr list
run mr -d e list
