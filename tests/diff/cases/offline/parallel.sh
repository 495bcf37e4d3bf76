# built-in actions run side by side, and what fails is remembered in the order of the repositories
git_pair one two three four five six
run mr offline
for name in one two three four five six; do
	mv "$REMOTE/$name.git" "$REMOTE/$name.away"
done
run mr -q update
run cat .mrlog
run mr -q fetch
run cat .mrlog
for name in one two three four five six; do
	mv "$REMOTE/$name.away" "$REMOTE/$name.git"
done
run mr online
run ls .mrlog
