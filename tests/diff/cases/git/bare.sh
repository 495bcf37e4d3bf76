# a bare repository has a log and nothing else
git_pair one
fgit clone --bare "$REMOTE/one.git" bare.git
printf '[bare.git]\ncheckout = git clone --bare %s bare.git\n' "$REMOTE/one.git" >>.mrconfig
run mr log --format=%s
run mr status
run mr -m status
run mr update
