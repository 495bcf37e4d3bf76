# record commits, commit pushes too, push pushes
git_pair one two
fixed_dates
echo mine >one/file
run mr record -m 'a message'
run mr status
run mr push
run mr -d one push
echo again >one/file
echo mine >two/file
run mr commit -m "it's
two lines"
run mr ci -m nothing
run mr -d two log --format=%B
