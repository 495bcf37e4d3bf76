# -n: how deep; alone it stays where it is
dirs a/b/c d e/f
config <<'END'
[a]
[a/b]
[a/b/c]
[d]
[e/f]
[.]
END
for n in '' 0 1 2 3 99; do
	run mr -n $n list
done
run mr -n1 -d a list
for n in 1 2 3 4 5 6 7 8 9; do
	run mr -n "$n" -d / list
done
run mr -n -d a/b list
cd a/b
run mr -n list
run mr -n 1 list
