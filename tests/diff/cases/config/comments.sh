# comments, blank lines, ; and # inside values, blanks around the equals sign
dirs a
config <<'END'
# at the top
   # indented

[a]   
# one = never
one=echo tight
two	=	echo tabs
three    = echo a # comment for the shell
four = echo a ; echo b
five = echo "a # b;c"
END
for action in one two three four five; do
	run mr $action
done
run mr config a two
run mr onef
