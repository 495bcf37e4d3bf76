# what a command finds in its environment
dirs a/sub b/c
config <<'END'
[DEFAULT]
show =
	echo "repo $MR_REPO"
	echo "config $MR_CONFIG"
	echo "action $MR_ACTION"
	echo "switches $MR_SWITCHES"
	echo "path $(basename "$MR_PATH")"
	echo "here $(pwd)"
[a]
checkout = echo "$MR_REPO $MR_ACTION"; mkdir new
[b]
chain = true
[new]
checkout = echo "$MR_REPO $MR_ACTION"; pwd; mkdir new
pre_checkout = echo "$MR_REPO $MR_ACTION"
END
printf '[c]\n' >b/.mrconfig
run mr show
run mr -v -n 1 show
run mr checkout
run mr -d b/c -s show
cd a/sub
run mr show
run mr --top show
