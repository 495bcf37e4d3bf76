# a bare repository: register, and a directory that only looks like one
git_remote one
fgit clone --bare "$REMOTE/one.git" bare.git
fgit init --bare nowhere.git
mkdir -p fake/refs/heads fake/refs/tags fake/objects
: >fake/config
: >.mrconfig
run mr register bare.git
run mr register fake
cd bare.git
run mr register
cd "$HOME"
run cat .mrconfig
printf '[fake]\n' >>.mrconfig
run mr log --format=%s
run mr -s push
