# Mercurial: clean with the purge extension, register without a default path, a subdirectory
# requires: hg
hg_remote one
hg clone -q "$REMOTE/one" one
hg init two
printf '\n[extensions]\npurge =\n' >>.hgrc
printf '[one]\n' >.mrconfig
echo x >one/new
run mr clean
run mr clean -f
run mr status
run mr register two
run cat .mrconfig
mkdir one/sub
echo y >one/sub/file
cd one/sub
run mr status
run mr -q update
