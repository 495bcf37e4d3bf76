# checkout clones every repository, makes parent directories and says nothing of those that are there
# jobs: 1 8
git_remote one two
git_clone one there
config <<END
[there]
checkout = git clone $REMOTE/one.git there
[one]
checkout = git clone '$REMOTE/one.git' one
[a/b/two]
checkout = git clone $REMOTE/two.git two
END
run mr checkout
run mr checkout
run mr -v co
