# repositories that are, or are reached through, links, are found
# oracle: does not find them, or only from inside
dirs real/one/sub elsewhere/two conf
ln -s real/one link
ln -s elsewhere way
cat >.mrconfig <<'END'
[link]
where = pwd; echo "$MR_REPO"
[way/two]
where = pwd; echo "$MR_REPO"
END
run mr where
run mr -n 1 list
run mr -d link where
run mr -d way where
cd link
run mr where
cd ../real/one
run mr where
cd ../..
run mr -d elsewhere/two where
run mr -d elsewhere where
cd link/sub
run mr where
cd "$HOME"
: >conf/mine
ln -s conf/mine linked
fgit init real/one
fgit -C real/one remote add origin https://example.org/one.git
run mr -c linked register link
run cat conf/mine
rm -rf real/one/.git
