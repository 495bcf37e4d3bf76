# control characters are refused in an untrusted file, and are text in a trusted one
mkdir -p sub/a
cd sub
try()
{
	printf "$1" >.mrconfig
	run mr list
	run mr -t list
}
try '[a]\norder =\t3\n'
try '[a]\nskip = false\001\n'
try '# comment\033[m\n[a]\n'
try '[a]\033\n'
