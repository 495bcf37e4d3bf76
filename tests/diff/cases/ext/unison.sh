# unison: directories that a section says are unison's
# extensions: both
stub unison
extensions unison
cat >>.mrconfig <<'SH'
[some/music]
unison_test = true
checkout = unison_checkout music
[two words]
unison_test = true
[plain]
SH
dirs plain some
run mr -d some/music checkout
calls
run mr -d some/music update
run mr -d some/music push
run mr -d some/music commit
calls
run mr -d some/music status
run mr -d plain update
touch some/music/fail
run mr -d some/music update
