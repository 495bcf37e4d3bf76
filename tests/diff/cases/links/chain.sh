# chains through a link, to a file that is a link, and to the same file by two ways
dirs a/x b real/y
printf '[x]\nwhere = pwd\n' >a/.mrconfig
printf '[y]\nwhere = pwd\n' >real/.mrconfig
ln -s ../a/.mrconfig b/.mrconfig
cat >.mrtrust <<'END'
~/a/.mrconfig
~/real/.mrconfig
END
printf '[a]\nchain = true\n[b]\nchain = true\n' >.mrconfig
mkdir b/x
run mr where
run mr -s list
printf '[b]\nchain = true\n[a]\nchain = true\n' >.mrconfig
run mr where
ln -s .mrtrust other
rm .mrtrust
run mr where
run mr -t where
