# ssh:// goes through scp
git_remote one
mkdir bin
cat >bin/scp <<'END'
#!/bin/sh
[ "$1" != -- ] || shift
echo "scp gets $1"
[ "$1" = me@host:list ] || exit 3
cp "$HOME/list" "$2"
END
chmod +x bin/scp
PATH=$HOME/bin:$PATH
printf '[one]\ncheckout = git clone %s one\n' "$REMOTE/one.git" >list
run mr bootstrap ssh://me@host:list there
printf '[one]\ncheckout = rm -rf /\n' >list
run mr bootstrap ssh://me@host:list evil
