# ~/.mrlog is private
dirs a
printf '[a]\n' >.mrconfig
umask 022
run mr offline
run sh -c 'ls -l .mrlog | cut -c1-10'
