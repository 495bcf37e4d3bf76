# chain reads the file of a repository that is there, when its command succeeds
dirs a/x b/x c/x
config <<'END'
[a]
chain = true
[b]
chain = false
[c]
chain = [ -e c/x ] && echo asked
[missing]
chain = echo never
[DEFAULT]
chain = true
END
for dir in a b c; do
	printf '[x]\nsay = echo x\nskip = [ x = y ]\n' >$dir/.mrconfig
done
run mr list
run mr -v list
echo "~/a/.mrconfig" >.mrtrust
echo "~/c/.mrconfig" >>.mrtrust
run mr say
