# here-documents inside values, indented by one tab
dirs a
config <<'END'
[a]
show =
	cat <<EOF
	first
	  second
		third
	EOF
	echo after
strip =
	cat <<-EOF
		no tab
	EOF
quoted =
	cat <<'EOF'
	$HOME `date` \
	EOF
END
run mr show
run mr strip
run mr quoted
