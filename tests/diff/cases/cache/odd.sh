# files of the cache that are not what they should be, and words that begin like the options
dirs a 'b c' d
config <<'END'
[a]
say = printf 'no newline'
[b c]
say = printf '\033[31mred\033[m and plain\n'
[d]
say = :
END
run mr --cache say
run mr --cached say
rm .mrcache/say"$HOME"/a/mr_ret
run mr --cached say
rm .mrcache/say"$HOME"/a/mr_output
run mr --cached say
run mr --cach say
run mr --unc say
run mr --CACHED say
