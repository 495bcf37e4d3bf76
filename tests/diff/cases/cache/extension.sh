# what the shell extension does: lists sections, keeps their status quietly, and says it again
git_pair one two
mkdir -p one/sub
echo changed >>one/file
for section in one two; do
	cd "$HOME/$section"
	run mr --no-recurse --quiet --cache status
done
cd "$HOME"
run mr --cached --no-print-footer --minimal status
cd one/sub
run mr --no-recurse --no-print-action --no-print-dir --no-print-subdir --no-print-footer --top --cached status
run mr --no-recurse --top --uncache --cached --minimal status
cd "$HOME"
run mr --uncache --no-print-footer list
run mr --cached --minimal --no-print-footer --jobs 2 status
