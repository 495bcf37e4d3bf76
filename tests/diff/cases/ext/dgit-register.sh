# dgit: register writes down the suites that a clone does not bring
# extensions: both
stub dgit
extensions dgit
git_remote plain suites
git_clone plain
git_clone suites
fgit -C suites update-ref refs/remotes/dgit/dgit/sid HEAD
fgit -C suites update-ref refs/remotes/dgit/dgit/bookworm HEAD
run mr register plain
run mr register suites
run mr config suites post_checkout
run mr config plain post_checkout
rm -rf suites
run mr checkout
calls
