# order decides who comes first, then the name; numbers of all kinds
dirs a b c d e f
config <<'END'
[e]
order = 5
[d]
order = 10.5
[c]
[b]
order = -1
[a]
order = 100
[f]
END
run mr list
run mr run sh -c 'basename $(pwd)'
