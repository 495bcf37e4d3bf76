# names with blanks, signs, bytes above 127, slashes at the end, dots
dirs 'with blank' a+b 'a#b' ä a.b -dash 'semi;colon' 'a=b' end ' lead'
mkdir sub
for name in 'with blank' a+b 'a#b' ä a.b -dash 'semi;colon' 'a=b' end/ ' lead' ./sub sub/../sub; do
	printf '[%s]\nsay = pwd; echo "$MR_REPO"\n' "$name" >>.mrconfig
done
printf '[bad\377byte]\n' >>.mrconfig
run mr list
run mr say
