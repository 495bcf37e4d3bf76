# -f: skip is not asked, deleted is; lazy ones are brought
dirs a b c
config <<'END'
[a]
skip = true
say = echo "said $*"
[b]
skip = echo asked; true
deleted = [ "$1" = say ]
say = echo never
[c]
skip = exit 1
say = echo "c $*"
[lazy]
skip = lazy
checkout = mkdir lazy
say = echo lazily
END
run mr say
run mr -f say x
run mr -fm say
run mr -fqs say
run mr -f -d lazy say
run mr checkout
run mr --force -d lazy checkout
run mr -d lazy say
run mr -vf say
