# hours_since lets an action through once in so many hours
git_pair one
mkdir plain
cat >>.mrconfig <<'END'
[DEFAULT]
skip = [ "$1" = update ] && ! hours_since "$1" 12
[plain]
check = hours_since check 1 && echo yes || echo no
END
sed -i '2a skip = [ "$1" = update ] \&\& ! hours_since "$1" 12' .mrconfig
run mr update
run mr update
run mr -f -d one update
touch -d '11 hours ago' one/.git/.mr_lastupdate
run mr -d one update
touch -d '13 hours ago' one/.git/.mr_lastupdate
run mr -d one update
run mr -d plain check
