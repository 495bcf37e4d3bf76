# bootstrap takes a file, makes the directory and checks out what the file lists
git_remote one top
config list <<END
[one]
checkout = git clone -q $REMOTE/one.git one
END
run mr bootstrap list there
run mr bootstrap list there
config list2 <<END
[.]
checkout = git clone -q $REMOTE/top.git $HOME/topdir
[one]
checkout = git clone -q $REMOTE/one.git one
END
run mr --trust-all bootstrap list2 topdir
run_from list mr -t bootstrap - piped
run mr bootstrap
run mr bootstrap nothing
printf '[a]\ncheckout = rm -rf /\n' >evil
run mr bootstrap evil away
