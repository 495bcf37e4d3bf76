# skip and deleted find what earlier repositories have brought, whatever may run in parallel
git_remote a b
mkdir -p "$SANDBOX/stubs"
cat >"$SANDBOX/stubs/git" <<'E2'
#!/bin/sh
[ "$1" = clone ] && sleep 0.3
PATH=${PATH#*:} exec git "$@"
E2
chmod +x "$SANDBOX/stubs/git"; PATH=$SANDBOX/stubs:$PATH
cat >.mrconfig <<END
[a]
checkout = git clone $REMOTE/a.git a
[b]
checkout = git clone $REMOTE/b.git b
skip = [ ! -d "\$HOME/a" ]
[c]
checkout = git clone $REMOTE/b.git c
deleted = [ -d "\$HOME/b" ]
END
run mr checkout
