# words with blanks, newlines and quotes come back as they were; the beginning of a command that waits is one of its own
# oracle: breaks at quotes, and takes a command for known when another one begins with it
dirs a
config <<'END'
[a]
say = printf '<%s>' "$@"; echo; [ -e "$HOME/net" ]
END
run mr offline
run mr say "it's" 'two words' 'two
lines' '$HOME' ''
run mr remember say 'one two'
run mr remember say one
run mr remember say one
mkdir "a/it's here"
cp .mrconfig 'my $conf'
run mr -t -c 'my $conf' remember say conf
run mr -d "a/it's here" -t "--config=$HOME/my \$conf" remember say far
run cat .mrlog
: >net
run mr online
run ls .mrlog
