# names with .. in them: behind links, and those whose parent directory is not there yet
mkdir -p a b real/x/y real/b "$SANDBOX/out/d" "$SANDBOX/out/b" conf
ln -s real/x link
ln -s "$SANDBOX/out/d" far
cat >.mrconfig <<'END'
[link/../b]
say = pwd
checkout = mkdir b
[far/../b]
say = pwd
checkout = mkdir b
[link/y]
say = pwd
[link/../new]
checkout = mkdir new
say = pwd
END
run mr say
run mr -d "$SANDBOX" say
run mr checkout
run mr say
run find . -type d
cat >conf/.mrconfig <<'END'
[../m1/deep]
checkout = mkdir deep
say = pwd
order = 5
[../m2]
checkout = mkdir m2
say = pwd
[../m3/x/../y]
checkout = mkdir y
say = pwd
[x/../y]
checkout = mkdir y
say = pwd
[p/q/../../../m5/w]
checkout = mkdir w
say = pwd
END
cd conf
run mr -t ls
run mr -t -n ls
run mr -t -n1 ls
run mr -t -n2 ls
run mr -t -n3 ls
run mr -t -d ../m1 ls
run mr -t checkout
run mr -t checkout
run mr -t say
cd ..
run mr -t -c conf/.mrconfig say
run mr -t -c conf/.mrconfig checkout
run mr -t -c conf/.mrconfig say
