# checkouts that an untrusted file may not have
mkdir sub
cd sub
try()
{
	printf '[a]\ncheckout = %s\n' "$1" >.mrconfig
	run mr list
}
try 'git clone url a; rm -rf /'
try 'git clone url a && true'
try 'git clone --config x=y url a'
try 'git clone -b side url a'
try 'git clone $(touch pwned) a'
try 'git clone url `touch pwned`'
try 'git clone url ../a'
try 'git clone url /tmp/a'
try 'git clone url a b'
try 'git clone'
try 'git'
try ''
try 'git clone "u r l" a'
try "git clone 'u'r'l' a"
try 'git clone url?x=y a'
try 'git clone ~/url a'
try 'git  clone  url  a'
try 'git clone url/..'
try 'git clone plain'
try 'hg clone url a extra'
try 'vcsh clone url a'
try 'bzr checkout url a'
try 'bzr clobber url a'
try 'cvs co a'
try 'svn checkout url a'
try 'svn cat url a'
try 'true'
try 'rm -rf a'
