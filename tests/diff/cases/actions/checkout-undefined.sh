# a checkout without a command: skipped where a test says of which type the repository will be
dirs there
config <<'END'
[DEFAULT]
own_test = [ "${MR_REPO##*/}" = mine ]
[mine]
[other]
[below/mine]
[there]
[always]
two_test = true
[always/mine]
two_test = true
[skipped]
two_test = true
skip = true
[has]
two_test = echo asked >&2
checkout = mkdir has
END
run mr checkout
run mr -m checkout
run mr -q checkout
run mr -s update
run mr -d mine checkout
