# very long lines, very long values, many sections
dirs a
{
	printf '[a]\nlong = echo '
	head -c 20000 /dev/zero | tr '\0' x
	printf '\nmany =\n'
	seq 1 3000 | sed 's/^/\t: line number /'
	printf '\techo the end\n'
	printf '[%s]\n' $(seq -f 'section%05g' 1 300)
} >.mrconfig
run mr -d a long
run mr -d a many
run mr config a long
run mr config a many
run mr list
