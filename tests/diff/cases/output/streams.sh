# each stream stays its own; without a newline at the end; empty lines; nothing
dirs a b c d e
config <<'END'
[a]
say = printf out; printf err >&2
[b]
say = :
[c]
say = printf '\n\n'
[d]
say = echo out; echo err >&2
[e]
say = printf 'a\rb\n\tc\033[31mred\033[m\n'
END
run mr say
run mr -m say
