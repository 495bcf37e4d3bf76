# Fossil: checkout, status, commit, diff
# requires: fossil
fossil_remote one
config <<END
[one]
checkout = mkdir -p one && cd one && fossil open $REMOTE/one.fossil >/dev/null
END
run mr checkout
echo changed >>one/file
run mr status
run mr diff
run mr update
run mr push
run mr clean
run mr register one
