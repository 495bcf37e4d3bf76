# each file has its own DEFAULT, and takes that of the directory above
dirs a/x b
config <<'END'
[DEFAULT]
say = echo home
[a]
chain = true
[DEFAULT]
say = echo changed
[b]
END
config a/.mrconfig <<'END'
[x]
[DEFAULT]
say = echo of a
[y]
END
mkdir a/y
echo "~/a/.mrconfig" >.mrtrust
run mr say
run mr config DEFAULT say
cd a
run mr say
