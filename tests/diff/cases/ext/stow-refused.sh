# stow: what is in the way of a package is not replaced, what was never stowed is not unstowed
# oracle: says the same in other words
# extensions: yes
stub stow
extensions stow
cat >>.mrconfig <<'SH'
[dots]
stowable = true
[odd]
stowable = true
lib = STOW_PKG_TYPE=heap
[tree]
stowable = true
lib = STOW_PKG_TYPE=directory
SH
dirs dots odd tree
run mr -d odd stow
run mr -d dots unstow
package=$(printf '%s' "$HOME/dots" | tr / _)
ln -s "$HOME/elsewhere" ".STOW/$package"
run mr -d dots stow
rm ".STOW/$package"
mkdir ".STOW/$package"
run mr -d dots stow
ln -s "$HOME/dots" ".STOW/$(printf '%s' "$HOME/tree" | tr / _)"
run mr -d tree stow
rm -r .STOW
STOW_TARGET="$HOME/the links" STOW_DIR="$HOME/the packages"
export STOW_TARGET STOW_DIR
run mr -d dots stow
rm -r the*
unset STOW_TARGET STOW_DIR
calls
printf '[within]\n[dots/within]\n' >>.mrconfig
dirs dots/within
run mr -d dots -n1 stow
rm -rf .STOW calls
