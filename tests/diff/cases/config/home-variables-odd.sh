# variables whose values, or names whose text, mean something to the shell
dirs a 'two  blanks' star 'q"uote'
export STAR='*' BLANKS='two  blanks' BACK='a\b' QUOTE='q"uote' TILDE='~/a' DOLLAR='$HOME'
config <<'END'
[$BLANKS]
[$STAR]
[$QUOTE]
[$BACK]
[$TILDE]
[$DOLLAR]
[~/a]
[a$]
[$1a]
[$HOME/a/]
END
run mr list
printf '[$HOME/"a"]\n[$HOME/\\$B]\n' >.mrconfig
run mr list
