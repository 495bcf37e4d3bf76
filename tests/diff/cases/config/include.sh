# include before any section, in the middle of one, of several files, nested
dirs a b c
printf '[b]\nsay = echo b\n' >one
printf '[c]\nsay = echo c\ninclude = cat ~/three\n' >two
printf 'more = echo more\n' >three
config <<'END'
include = printf '[DEFAULT]\nsay = echo default\n'
[a]
include = printf 'other = echo other\n'
last = echo last
include = cat ~/one ~/two
after = echo after
include =
	cat /dev/null
END
run mr list
run mr say
run mr other
run mr last
run mr more
run mr after
run mr -v list
