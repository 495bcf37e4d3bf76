# a configuration that is a link, a link to nothing
dirs a real
printf '[a]\n[x]\n' >real/conf
ln -s real/conf .mrconfig
mkdir x
run mr list
run mr -c real/conf list
rm .mrconfig
ln -s nowhere .mrconfig
run mr list
