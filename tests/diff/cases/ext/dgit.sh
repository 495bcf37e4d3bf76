# dgit: what update fetches on a branch of dgit's and on another one, and what it leaves to git
# extensions: yes
stub dgit
extensions dgit
git_pair plain suites
fgit -C suites update-ref refs/remotes/dgit/dgit/sid HEAD
fgit -C suites update-ref refs/remotes/dgit/dgit/bookworm-backports HEAD
fgit -C suites update-ref refs/remotes/dgit/upstream HEAD
git_advance plain
run mr update
calls
fgit -C suites checkout -b dgit/sid
run mr -d suites update
calls
git -C suites pack-refs --all
fgit -C suites checkout --detach
touch suites/fail
run mr -d suites update
calls
run mr -d suites status
run mr -d plain update --rebase
