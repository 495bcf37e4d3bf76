# -i: a shell in each repository that failed, and on with the next one
dirs a/sub b c
config <<'END'
[a]
bad = exit 3
dead = kill -9 $$
hook = true
pre_hook = exit 2
[b]
bad = echo fine
[c]
bad = false
END
# What the shell itself says depends on whose it is.
without_prompts()
{
	status=0
	"$@" 2>"$SANDBOX/err" || status=$?
	grep -v '^bash: \|[$#] \|^exit$' "$SANDBOX/err" >&2
	rm "$SANDBOX/err"
	return $status
}

printf 'pwd\nexit\n' >answers
printf 'pwd; exit 5\npwd; exit\npwd\n' >more
run_from answers without_prompts mr -i -d a bad
for options in '-i -s' -qi -mi; do
	run_from more without_prompts mr $options bad
done
run_from answers without_prompts mr -i dead
run_from answers without_prompts mr -i -d a hook
run_from answers without_prompts mr -i -d a checkout
cd a/sub
run_from ../../answers without_prompts mr -i bad
run_from ../../answers without_prompts mr -i --top bad
cd ../..
run_from /dev/null without_prompts mr --interactive bad
run_from /dev/null mr -i -d b bad
