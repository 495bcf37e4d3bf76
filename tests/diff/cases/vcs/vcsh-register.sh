# vcsh: register
# requires: vcsh
git_remote dot
vcsh clone -b master "$REMOTE/dot.git" dot >/dev/null 2>&1
: >.mrconfig
run mr register .config/vcsh/repo.d/dot.git
cd .config/vcsh/repo.d/dot.git
run mr register
cd "$HOME"
run cat .mrconfig
run mr list
