# clone commands of many forms, with flags, without a directory, in several steps
# jobs: 8
git_remote one
fgit -C "$REMOTE/one.git" branch side
config <<END
[branch]
checkout = git clone -b side $REMOTE/one.git branch
[depth]
checkout = git clone --depth 1 file://$REMOTE/one.git depth
[bare.git]
checkout = git clone --bare $REMOTE/one.git bare.git
[one]
checkout = git clone $REMOTE/one.git
[quiet]
checkout = git clone -q "$REMOTE/one.git" "quiet"
[steps]
checkout =
	git clone -q $REMOTE/one.git steps
	cd steps
	git checkout -q -b mine origin/side
[chained]
checkout = git clone -q $REMOTE/one.git chained &&
	cd chained &&
	git remote rename origin upstream
END
run mr checkout
run mr checkout
