# renames and copies, found and not
git_pair one
cd one
seq 1 100 >a
seq 1 100 >b
seq 200 300 >c
fgit add .
fgit commit -m files
fgit push
git mv a moved
echo more >>moved
git add moved
cp c copied
git add copied
git mv b d
cd ..
run mr status
git config --global status.renames copies
run mr status
git config --global status.renames false
run mr status
git config --global status.renames true
git config --global diff.renameLimit 1
run mr status
