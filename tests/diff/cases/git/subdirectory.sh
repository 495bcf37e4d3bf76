# inside a repository only that one is acted on, from where one stands
git_pair one two
mkdir -p one/sub/deep
echo x >one/sub/new
echo y >one/top
cd one
run mr status
cd sub
run mr status
run mr st
run mr run pwd
run mr --top run pwd
run mr list
run mr --no-print-subdir list
run mr update
cd deep
run mr log --format=%s
run mr diff
