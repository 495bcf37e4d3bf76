# git-cvs: how it is told, and that all commands run in gitdir
# extensions: yes
stub git-cvs
extensions git-cvs remote
fixed_dates
for name in whole half; do
	mkdir -p "$name/rsyncdir/CVSROOT" "$name/cvsdir/CVS"
	printf 'CVSROOT=:pserver:example.org:/cvs\nMODULE=some/%s\n' "$name" >"$name/.gitcvsrc"
	git_remote "$name"
	git_clone "$name" "$name/gitdir"
	printf '[%s]\n' "$name" >>.mrconfig
done
rm -r half/rsyncdir/CVSROOT
run mr update
run mr -d whole update --some thing
run mr -d whole fetch
run mr -d whole push
run mr -d whole commit
calls
echo changed >whole/gitdir/file
touch whole/gitdir/new
run mr status
run mr -d whole status file
run mr -d whole diff
run mr -d whole clean
run mr -d whole clean -f
run mr -d whole record -m 'two words'
run mr -d whole status
run mr -d whole log --format=%s -1
run mr -d whole grep changed
run mr -d whole grep nowhere
run mr -d whole remote
touch whole/gitdir/fail
run mr -d whole update
