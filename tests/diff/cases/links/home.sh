# a home directory that is a link, or is reached through one
dirs a/sub b
cat >.mrconfig <<'END'
[a]
where = pwd; echo "$MR_REPO $MR_CONFIG"
[b]
where = pwd; echo "$MR_REPO $MR_CONFIG"
[$HOME/b]
[${HOME}/a]
END
ln -s "$HOME" "$SANDBOX/way"
HOME=$SANDBOX/way
run mr where
cd "$HOME"
run mr where
run mr -d a where
cd a/sub
run mr where
run mr -n 0 list
cd "$SANDBOX/home/a"
run mr where
run mr config "$HOME/a" x=1
run mr config "$SANDBOX/home/a" y=2
run mr config a x y
