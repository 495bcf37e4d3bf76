# names that git quotes; links, modes and kinds that changed
# jobs: 8
git_pair names kinds
cd names
for name in 'a b' 'q"uote' 'back\slash' 'tab	here' ' lead' 'ä' 'new
line' -dash '*'; do
	echo x >"$name"
done
fgit add 'a b' ä
fgit mv file 'to file'
cd ../kinds
ln -s file link
echo x >script
echo x >becomes-link
mkdir becomes-file
echo x >becomes-file/x
fgit add .
fgit commit -m kinds
chmod +x script
rm link becomes-link
echo x >link
ln -s file becomes-link
rm -r becomes-file
echo x >becomes-file
ln -s nowhere dangling
cd ..
run mr status
git config --global core.quotePath false
git config --global core.fileMode false
run mr status
git -C kinds config core.symlinks false
run mr status
