# register adds a section for a git repository
git_pair one
git_remote two 'with blank'
git_clone two
git_clone 'with blank'
git_clone two src/deep/three
cd two
run mr register
cd ..
run mr register 'with blank'
run mr register src/deep/three
run mr list
run mr register one
fgit init local
run mr register local
mkdir plain
run mr register plain
run cat .mrconfig
