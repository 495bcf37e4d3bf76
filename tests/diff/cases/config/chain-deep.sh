# chains of chains, a chain to itself, a chain that is killed or fails
dirs a/b/c
config <<'END'
[a]
chain = true
[.]
chain = true
END
printf '[b]\nchain = true\n' >a/.mrconfig
printf '[c]\nchain = true\n[../..]\nchain = true\n' >a/b/.mrconfig
run mr list
printf '~/a/.mrconfig\n%s/a/b/.mrconfig\n' "$HOME" >.mrtrust
run mr list
printf '[a]\nchain = kill -9 $$\n' >.mrconfig
run mr list
printf '[a]\nchain = sh -c "exit 3"\n' >.mrconfig
run mr list
