# git-annex: the function for checkouts, and repositories without git-annex on the machine
# extensions: both
extensions git-annex
git_remote annex
cat >>.mrconfig <<SH
[annex]
checkout =
	git clone -q $REMOTE/annex.git annex
	cd annex
	[ ! -e ../calls-wanted ] || git_annex_sync
SH
run mr checkout
run mr status
run mr update
stub git-annex
touch calls-wanted
rm -rf annex
run mr checkout
calls
