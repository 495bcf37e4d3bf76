# git-annex: which repositories are annexes, and what is run in them
# extensions: yes
stub git-annex
mv "$SANDBOX/stubs/git-annex" "$SANDBOX/stubs/recorded"
cat >"$SANDBOX/stubs/git-annex" <<'SH'
#!/bin/sh
if [ "$1" = wanted ]; then
	echo present
	[ -e .git/annexed ] && mkdir -p .git/annex
	exit
fi
exec recorded "$@"
SH
chmod +x "$SANDBOX/stubs/git-annex"
fixed_dates
extensions git-annex
git_pair annex fresh plain
mkdir annex/.git/annex other
touch annex/.git/annexed fresh/.git/annexed
echo '[other]' >>.mrconfig
git_advance plain
run mr update
calls
run mr status
run mr -d annex status some thing
run mr push
calls
echo changed >annex/file
run mr -d annex diff --stat
run mr -d annex record -m 'two words'
run mr -d annex log --format=%s
echo again >fresh/file
run mr -d fresh commit -m 'more words'
calls
touch annex/fail
run mr -d annex update
run mr -d plain log --format=%s
run mr clean
