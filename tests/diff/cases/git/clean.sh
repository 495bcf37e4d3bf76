# clean shows untracked and ignored files, clean -f removes them
# jobs: 1 8
git_pair one two
echo '*.o' >one/.gitignore
echo x >one/a.o
mkdir one/dir
echo x >one/dir/b
run mr clean
run mr clean -f
run mr status
run mr clean -f -q
