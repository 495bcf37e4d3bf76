# every form of a section name: variables with defaults, commands, dots, slashes, signs, words of other alphabets
dirs a b-c 'd e' f+g h#i j.k 'l,m' n=o 'käse' 漢字 p/q/r s~ '~t' 'u$v' w@x 'y:z' 'A(B)' "o'n" 'c&d'
config <<'END'
[a/]
[./b-c]
[d e]
[f+g]
[h#i]
[j.k]
[l,m]
[n=o]
[käse]
[漢字]
[p//q/./r]
[s~]
[~t]
[w@x]
[y:z]
[A(B)]
[o'n]
[c&d]
[${NOTSET:-a}]
[${NOTSET-b-c}]
[${NOTSET}a]
[$(echo p/q)]
[`echo $HOME`/a]
[$HOME/p/../a]
[u\$v]
[ a]
[a ]
[]
END
run mr list
run mr -s -d "$HOME/d e" list
run mr -d käse list
run mr -d 'u$v' list
cd 漢字
run mr list
cd ..
run mr config 'f+g' checkout='x y'
run mr config käse x=ü
run tail -n 3 .mrconfig
