# --top goes to the top of the repository before it runs the command
dirs a/sub/deep
printf '[a]\nsay = pwd\npre_say = pwd\n' >.mrconfig
run mr --top say
cd a/sub
run mr --top say
cd deep
run mr --top say
run mr say
