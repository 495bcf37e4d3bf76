# each kind of line that is none stops the run and is named
dirs a
try()
{
	printf "$1" >.mrconfig
	run mr list
}
try 'hello\n'
try '[a]\nhello\n'
try '[a]\ngo-on = true\n'
try '[a] # comment\n'
try '[a\n'
try '[a]x\n'
try ' [a]\n'
try '\tindented = true\n'
try '[a]\n\n\tindented\n'
try '[a]\nx = true\n\n  again\n'
try 'x = true\n'
try '# comment\n\nskip = true\n[a]\n'
try '[a]\n= true\n'
try '[a]\nx + y\n'
try '[]\nx = true\n'
try '[DEFAULT]\nx\n'
try '[a]\ncheckout = true'
try ''
