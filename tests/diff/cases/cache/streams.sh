# what is kept: both streams, empty output, output without a newline, for an action of several lines and a checkout
config <<'END'
[a]
checkout = echo bringing; mkdir a
say = echo one; echo two >&2; echo three
post_say = printf end
[b]
checkout = mkdir b
say = :
END
run mr --cache checkout
run mr --cache say
run mr --cached say
run mr --cached -m say
run mr --cached checkout
run sh -c 'find .mrcache -type f | sort'
run mr --uncache checkout
run sh -c 'find .mrcache -type f | sort'
run mr --cache update
