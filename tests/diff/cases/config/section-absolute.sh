# absolute names, outside of the home directory too
dirs a
mkdir -p "$SANDBOX/elsewhere/x"
config <<END
[$SANDBOX/elsewhere/x]
[$HOME/a]
[a]
[/nonexistent/y]
END
run mr list
run mr -d / list
run mr -d "$SANDBOX/elsewhere" list
cd "$SANDBOX/elsewhere/x"
run mr list
