# every form of a value: empty, first line empty, blanks, comments and semicolons inside, quotes, here-documents, long lines
dirs a
config <<'END'
[a]
empty =
first =
	echo first

blanks =   echo leading and trailing   
comment = echo one # two; echo three
inner =
	# a comment
	echo "after # it"
	# another
semi = echo a; echo b ;
tight=echo tight
wide   =   echo wide
tabbed	=	echo tabbed
quotes = echo 'single $HOME' "double $HOME" \$HOME `echo ticks`
here = cat <<EOF
	indented by one
		indented by two
	EOF
two_blanks = echo x
  echo y
continued = echo one \
	two \
	three
equals = echo a=b c = d
bracket = [ -d . ] && echo there
percent = printf '%s %d\n' x 3
star = echo *
func = f() { echo "f $1"; }; f x
exit0 = exit 0; echo never
args = echo "$#" "$1"
END
for action in empty first blanks comment inner semi tight wide tabbed quotes here two_blanks continued equals bracket percent star \
	func exit0; do
	run mr --no-print-footer "$action"
done
run mr args
run mr args '' 'x  y'
run mr config a blanks inner here
