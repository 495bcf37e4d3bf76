# config adds and changes settings and sections
dirs a b
config <<'END'
# a comment

[a]
one = 1
two = 2

[b]
one = 1
END
run mr config a one=changed
run mr config a three='x y' four=4
run mr config c checkout='git clone url c'
run mr config "$HOME/d" checkout='git clone url d'
run mr config b 'one=a "quoted" $thing'
run mr config a one two
run cat .mrconfig
run mr -c new config x y=z
