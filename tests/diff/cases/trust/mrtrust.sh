# ~/.mrtrust lists trusted files, with ~/ or as absolute names
mkdir -p one/a two/a three/a
for dir in one two three; do
	printf '[a]\nsay = echo %s\n' $dir >$dir/.mrconfig
done
printf '# comment\n~/one/.mrconfig\n%s/two/../two/.mrconfig\n\nnothing\n~/three\n' "$HOME" >.mrtrust
for dir in one two three; do
	cd "$HOME/$dir"
	run mr say
done
run mr -t say
run mr --trust-all say
