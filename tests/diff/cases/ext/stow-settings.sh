# stow: what a `lib` and the environment can change
# extensions: yes
stub stow stowaway
extensions stow
cat >>.mrconfig <<'SH'
lib =
	mr_post_stow() { echo "stowed $STOW_PKG_PATH"; }
	mr_pre_unstow() { echo "before unstowing $STOW_NAME"; }
[dots]
stowable = true
lib = MR_FOLD=
[built]
stowable = true
checkout = mkdir built
lib =
	STOW_PKG_TYPE=directory
	STOW_NO_AUTOMATIC_ACTIONS=yes
fixups =
	set_stow_common_opts
	mkdir -p "$STOW_PKG_PATH/bin"
	echo tool >"$STOW_PKG_PATH/bin/tool"
	mr_restow_regardless
SH
dirs dots
run mr -d dots stow
run mr -d dots restow
run mr checkout
run mr update
calls
run mr -d built unstow
STOW_DIR=$HOME/packages STOW_TARGET=$HOME/links MR_STOW_OPTIONS='-v --ignore=x' MR_STOW_OVER='.*/bin'
STOW_COMMAND=$SANDBOX/stubs/stowaway
export STOW_DIR STOW_TARGET MR_STOW_OPTIONS MR_STOW_OVER STOW_COMMAND
run mr stow
run mr -d built adopt
calls
