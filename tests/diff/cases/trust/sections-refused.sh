# section names that an untrusted file may not have
mkdir sub
cd sub
try()
{
	printf '[%s]\n' "$1" >.mrconfig
	run mr list
}
for name in ok a/b .dot a.b_c+d-e . DEFAULT ALIAS .. ../up a/../b a..b /absolute '$HOME' '${X:-x}' '`x`' 'with blank' 'a;b' ä 'a*' '~' 'a#b' '' DEFAULTS; do
	try "$name"
done
