# lines that the user has written: comments, several commands, a loop, a directory of their own
dirs a
config <<'END'
[a]
say = echo "said $*"
END
cat >.mrlog <<'END'
# mine

echo one
  echo two; echo three

cd "$HOME/a"
pwd
for i in 1 2; do
	mr say "$i"
done
cat <<EOF
mr -d nowhere
EOF
END
run mr online
run ls .mrlog
echo '# only this' >.mrlog
run ls .mrlog
