# the templates are settings that trusted files can add to
# oracle: knows only the built-in templates
mkdir -p sub/a
cat >.mrconfig <<'END'
[DEFAULT]
mine_trusted_checkout = fetch fast|slow $url $repo
quiet_trusted_checkout = git clone --quiet $url $repo
END
cd sub
try()
{
	printf '[a]\ncheckout = %s\n' "$1" >.mrconfig
	run mr list
}
try 'fetch fast url a'
try 'fetch slow url a'
try 'fetch faster url a'
try 'git clone url a'
try 'git clone --quiet url a'
try 'git clone --quieter url a'
