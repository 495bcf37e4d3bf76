# deleted repositories are skipped, and complained of while they are there
# jobs: 8
dirs a b
config <<'END'
[a]
deleted = true
[b]
deleted = [ "$1" = nothing ]
[c]
deleted = true
checkout = mkdir c
[d]
deleted = [ "$1" = checkout ]
checkout = mkdir d
END
run mr list
run mr checkout
run mr -f update
run mr -v -s update
