# clones of other repositories of the list come after these, also where nothing is said about how many work at a time
git_remote one
mkdir -p "$SANDBOX/stubs" src
cat >"$SANDBOX/stubs/git" <<'END'
#!/bin/sh
case "$PWD $*" in
*/first\ fetch* | */first\ merge* | */first\ pull* | *clone*one.git* | *clone*first\ second) sleep 0.3 ;;
esac
PATH=${PATH#*:} exec git "$@"
END
chmod +x "$SANDBOX/stubs/git"
PATH=$SANDBOX/stubs:$PATH
cat >.mrconfig <<END
[src/first]
checkout = git clone -q $REMOTE/one.git first && :
[src/fourth]
checkout = git clone '../src/third/.git' fourth
[src/other]
checkout = git clone $REMOTE/one.git other
[src/second]
checkout = git clone first second
order = 9
[src/third]
checkout = git clone "$HOME/src/second" third
order = 9
[src/fifth]
checkout = git clone file://$HOME/src/second fifth
order = 20
[src/m.git]
checkout = git clone --bare $REMOTE/one.git m.git
order = 5
[src/n]
checkout = git clone m n
order = 5
END
sed -i '2a order = 8' .mrconfig
run mr checkout
git_advance one
run mr update
run mr status
git_advance one file third
run mr fetch
run mr -m update
