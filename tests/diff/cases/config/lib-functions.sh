# the helper functions of the built-in library
dirs a
config <<'END'
[a]
e = error "some" "thing"; echo never
w = warning "some  thing"
i = info some thing
l = if lazy; then echo yes; else echo no; fi
h = hours_since h 1
none = hours_since
END
for action in e w i l h none; do
	run mr $action
done
