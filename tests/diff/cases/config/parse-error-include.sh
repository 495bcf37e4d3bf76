# an error in included text names the including file and its line
dirs a
config <<'END'
[a]
x = true

include = printf '[b]\nrubbish\n[c]\n'
y = true
END
run mr list
config <<'END'
[a]
include = printf 'fine = true\n'
rubbish
END
run mr list
config <<'END'
include = echo x=1
[a]
END
run mr list
