# -c reads another file too; relative names are those of its directory
dirs a sub/b
printf '[a]\n' >.mrconfig
printf '[b]\n[$HOME/a]\n' >sub/conf
echo "~/sub/conf" >.mrtrust
run mr -c sub/conf list
cd sub
run mr -c conf list
run mr -c ../.mrconfig list
run mr -c /dev/null list
MR_CONFIG=conf
export MR_CONFIG
run mr list
