# stow: what is run by hand, for repositories that are to be stowed and for others
# extensions: yes
stub stow
extensions stow
dirs some/dots other
cat >>.mrconfig <<'SH'
[some/dots]
stowable = true
[other]
SH
run mr list
run mr showstowable
run mr stow
calls
run mr -d some/dots restow -v 'two words'
run mr -d some/dots restowover
run mr -d some/dots adopt
calls
run mr -d some/dots unstow --verbose
calls
MR_DISABLE_STOW=yes
export MR_DISABLE_STOW
run mr stow
run mr st
touch other/fail some/dots/fail
unset MR_DISABLE_STOW
run mr stow
calls
