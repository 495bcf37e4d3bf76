# checkouts that an untrusted file may have: the words of a template
# jobs: 8
git_remote one
mkdir sub
url=$(echo "$REMOTE/one.git" | sed 's/[^-_.+:@\/A-Za-z0-9]//g')
config sub/.mrconfig <<END
[a]
checkout = git clone $url a
[b]
checkout =   git   clone   '$url'   "b"
[one]
checkout = git clone $url
order = 5
[c]
checkout = git clone $url c
skip = true
deleted = false
[d]
checkout = hg clone https://user@example.org:80/x_y+z d
skip = true
[e]
checkout = svn co svn+ssh://example.org/x e
skip = true
[f]
checkout = bzr branch lp:x f
skip = true
[g.-_+]
checkout = darcs get x g
skip = true
[h/i/j]
checkout = git clone --bare $url h/i/j
skip = true
END
cd sub
run mr checkout
run mr list
