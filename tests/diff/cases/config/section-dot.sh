# . is the directory of the file itself
dirs a sub
config <<'END'
[a]
[.]
say = pwd; echo "$MR_REPO"
END
run mr say
run mr list
cd sub
run mr say
run mr -n list
