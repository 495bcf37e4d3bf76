# the checkout runs in the parent directory, which is made if need be
# jobs: 8
echo x >file
config <<'END'
[DEFAULT]
checkout = pwd; mkdir "$(basename "$MR_REPO")"
[a/b/c]
[d]
[e/f/]
[file/g]
[h]
checkout = touch h
END
run mr checkout
run mr -v checkout
