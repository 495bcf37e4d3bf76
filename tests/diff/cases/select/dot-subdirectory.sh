# below the repository `.` the subdirectory is named as below any other
# oracle: names the whole path
dirs sub/deep
printf '[.]\n' >.mrconfig
cd sub
run mr run pwd
cd deep
run mr list
