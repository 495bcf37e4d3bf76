# selection among names that lead up, to the root, twice to the same place: from everywhere, with -d and with -n
dirs a/b/c/k d/e/f g/h
mkdir -p "$SANDBOX/out/x/y"
config <<END
[a]
[a/b]
order = 20
[a/../g]
[../out]
[../out/x]
[\$HOME/d/e]
[d/e/f]
order = 3
[/]
[g]
[z/y/x]
END
printf '[c]\n[new]\n' >a/b/.mrconfig
for dir in . a a/b a/b/c/k d d/e/f g/h "$SANDBOX/out" "$SANDBOX/out/x/y" "$SANDBOX" /; do
	cd "$dir"
	run mr -s list
	run mr -n list
	run mr -n2 list
	run mr -n3 -d "$HOME" list
	run mr -d .. list
	run mr --top list
	cd "$HOME"
done
