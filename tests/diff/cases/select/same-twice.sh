# a directory that several sections or files name
dirs a/x
config <<'END'
[a]
say = echo one
chain = true
[a/x]
say = echo from home
[a/]
say = echo slash
[./a]
say = echo dot
[a]
say = echo two
END
printf '[x]\nskip = true\n' >a/.mrconfig
run mr say
cd a/x
run mr say
