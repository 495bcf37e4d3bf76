# values go on over indented lines; exactly one blank character is taken off; what ends a value
dirs a
printf '[a]\none = first\n\tsecond\n  third\n\t\tfourth\n' >.mrconfig
printf 'two =\n\techo a\n\n[a]\nthree =\n\techo b\n \n[a]\n' >>.mrconfig
printf 'four =\n\techo c\n  \n\techo d\n\t# a comment inside\n\techo e # after\n# a comment outside\n' >>.mrconfig
printf 'five =   blanks before, and after   \nsix=\nseven =\n' >>.mrconfig
for name in one two three four five six seven; do
	run mr config a $name
done
run mr three
run mr four
run mr six
