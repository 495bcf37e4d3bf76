# upgrade: Mercurial has nothing of the kind, which is said and is a failure
# oracle: says it in other words, on standard output
# extensions: yes
extensions upgrade
dirs hg/.hg
echo '[hg]' >>.mrconfig
run mr upgrade
