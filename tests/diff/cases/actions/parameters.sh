# parameters come through as they are
dirs a
printf '[a]\nshow = for x; do printf "<%%s>\\n" "$x"; done; echo $#\n' >.mrconfig
run mr show
run mr show '' ' ' 'two  blanks' "it's" '"quoted"' 'back\slash' '$HOME `date` $(x)' '*' ';' '&&' '#'
run mr show 'two
lines' "$(printf 'tab\there')" "$(printf '\377\001')" 'ends with newline
'
run mr show -n -j --quiet -x -- -
run mr run printf '%s|' 'a b' '' "c'd"
run mr run echo -e 'a\nb'
run mr run
