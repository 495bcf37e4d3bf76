# a section that is a link to nothing, to a file, or to itself
ln -s nowhere dangling
ln -s loop loop
echo x >file
ln -s file to-file
printf '[%s]\ncheckout = echo bring\nsay = echo here\n' dangling loop to-file file >.mrconfig
run mr say
run mr checkout
run mr update
run mr -d dangling say
