# settings that an untrusted file may not have
mkdir -p sub/a
cd sub
try()
{
	printf '[a]\n%s\n' "$1" >.mrconfig
	run mr list
}
try 'update = true'
try 'update = false'
try 'update = :'
try 'skip = true '
try 'skip = lazy'
try 'skip = [ x ]'
try 'order = 3'
try 'lib = true'
try 'lib = f() { :; }'
try 'include = true'
try 'include = false'
try 'include = cat x'
try 'jobs = 2'
try 'chain = true'
try 'checkout_append = true'
try 'checkout_append = rm'
try 'git_trusted_checkout = rm $url $repo'
try 'run = true'
printf 'order = 3\n' >.mrconfig
run mr list
printf 'include = cat x\n' >.mrconfig
run mr list
printf 'rubbish\n' >.mrconfig
run mr list
printf '[a]\nsay =\n\techo hello\n\techo again\nother = x\n' >.mrconfig
run mr list
printf '# comment\n\n[a]\nskip = true\n\n[b/../c]\n' >.mrconfig
run mr list
