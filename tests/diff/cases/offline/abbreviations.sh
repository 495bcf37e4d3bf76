# the beginnings of online, offline and remember
dirs a
printf '[a]\n' >.mrconfig
for word in on of off rem; do
	run mr $word
done
