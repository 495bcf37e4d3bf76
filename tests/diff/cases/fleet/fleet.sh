# 34 repositories over local paths, ssh and https in every state: checkout, status, update
# requires: hg svn svnadmin sshd ssh nginx fcgiwrap openssl
# servers: yes
# jobs: 1 8
fixed_dates
for n in 01 02 03 04 05 06 07 08 09 10; do
	git_remote local$n ssh$n web$n
	cat >>.mrconfig <<-END
	[code/local$n]
	checkout = git clone $REMOTE/local$n.git local$n
	[code/ssh$n]
	checkout = git clone $SSH_HOST:$REMOTE/ssh$n.git ssh$n
	[code/web/web$n]
	checkout = git clone '$HTTPS_REMOTE/web$n.git' 'web$n'
	END
done
git_remote late latest
hg_remote hg
svn_remote svn
cat >>.mrconfig <<END
[late]
checkout = git clone -q $SSH_HOST:$REMOTE/late.git late
order = 20
[late/latest]
checkout = git clone -q $HTTPS_REMOTE/latest.git latest
order = 20
[hg]
checkout = hg clone -q $REMOTE/hg hg
[svn]
checkout = svn co -q file://$REMOTE/svnrepo/svn svn
END
run mr checkout
run mr status

cd code
for changed in local02 ssh02 web/web02; do
	echo changed >>$changed/file
	echo staged >$changed/staged
	git -C $changed add staged
	echo untracked >$changed/untracked
done
for stashed in local03 ssh03 web/web03; do
	echo stashed >>$stashed/file
	fgit -C $stashed stash push -m "kept for later"
done
for ahead in local04 ssh04 web/web04; do
	git_commit code/$ahead new 'ahead of upstream'
done
for diverged in local05 ssh05 web/web05; do
	git_commit code/$diverged new 'diverged from upstream'
	git_advance "$(basename $diverged)"
done
fgit -C ssh05 config pull.rebase true
fgit -C web/web05 config pull.rebase false
for moved in local06 ssh06 web06; do
	git_advance $moved
	git_advance $moved other 'third commit'
	fgit -C "$REMOTE/$moved.git" branch side
	fgit -C "$REMOTE/$moved.git" tag v1
done
for blocked in local07 ssh07 web/web07; do
	git_advance "$(basename $blocked)"
	echo in the way >>$blocked/file
done
rm -rf "$REMOTE/local08.git" "$REMOTE/ssh08.git" "$REMOTE/web08.git" web/web09
echo x >>../hg/file
echo x >>../svn/file
hg_advance hg
svn_advance svn
cd ..
run mr status
run mr -m status
run mr update
run mr -s update
run mr status
cd code/web
run mr fetch
