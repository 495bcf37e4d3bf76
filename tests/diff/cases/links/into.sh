# through a link to a repository that is registered by its own name: standing there, below, and with -d
dirs a/sub b/c
ln -s a link
ln -s b/c deep
cat >.mrconfig <<'END'
[a]
where = pwd; echo "$MR_REPO"
[b/c]
where = pwd; echo "$MR_REPO"
END
run mr -d link where
run mr -d deep where
for dir in link link/sub deep; do
	cd "$dir"
	run mr where
	run mr -n where
	run mr --top where
	run mr -s list
	cd "$HOME"
done
run mr -d link/../b list
run mr -d "$HOME/link/." list
