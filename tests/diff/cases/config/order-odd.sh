# orders that are no plain numbers
dirs a b c d e
config <<'END'
[a]
order = 1e1
[b]
order =  9.99
[c]
order = 007
[d]
order = +3
[e]
order = -0.5
END
run mr list
