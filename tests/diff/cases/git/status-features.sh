# status where git's less common features are in use
# jobs: 8
git_pair assumed attributes filter intent sparse split skipped version4
git_remote partial
fgit -C "$REMOTE/partial.git" config uploadpack.allowFilter true
fgit clone --filter=blob:none "file://$REMOTE/partial.git" partial
fgit clone --depth 1 "file://$REMOTE/partial.git" shallow
fgit init --object-format=sha256 sha256
for name in partial shallow sha256; do
	printf '[%s]\n' $name >>.mrconfig
done
for name in assumed intent sparse split skipped version4; do
	git_commit $name second second
	mkdir -p $name/dir
	git_commit $name dir/third third
	fgit -C $name push
done
echo x >>assumed/file
fgit -C assumed update-index --assume-unchanged file
rm skipped/file
fgit -C skipped update-index --skip-worktree file
fgit -C sparse sparse-checkout set dir
fgit -C split update-index --split-index
echo x >>split/file
fgit -C version4 update-index --index-version 4
echo x >>version4/dir/third
echo x >intent/new
fgit -C intent add -N new
echo '*.txt text eol=crlf' >attributes/.gitattributes
printf 'a\r\nb\r\n' >attributes/x.txt
fgit -C attributes add .
printf 'a\nb\n' >attributes/x.txt
echo '*.up filter=upper' >filter/.gitattributes
git -C filter config filter.upper.clean 'tr a-z A-Z'
echo lower >filter/a.up
fgit -C filter add .
fgit -C filter commit -m filtered
touch -d '1 hour ago' filter/a.up
echo x >sha256/new
echo x >partial/new
git_commit shallow file ahead
run mr status
