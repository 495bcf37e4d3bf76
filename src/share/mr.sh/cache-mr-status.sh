# cache-mr-status: keeps what `mr status` says of a repository when an interactive bash or zsh leaves it, so that
# `mr --cached status` can tell at once how all of them stand. In ~/.bashrc or ~/.zshrc:
#
#	. /usr/share/mr.sh/cache-mr-status.sh
#	MR_CACHE_STATUS_QUIET=1    # to hear nothing of it
#
# `mr --cache status` begins, and brings all of it up to date; `mr --uncache status` forgets; `rm -r ~/.mrcache/status` does, too.
#
# A repository is left by changing to a directory outside of it and by ending the shell. Subshells are not looked at.

cache_mr_status_say () {
	[ -n "${MR_CACHE_STATUS_QUIET-}" ] || echo "mr: $*"
}

# The repository around a directory; fails where there is none.
cache_mr_status_repository () {
	(builtin cd -- "$1" && mr --no-recurse --no-print-action --no-print-subdir --no-print-footer list) 2>/dev/null
}

# cache_mr_status DIRECTORY: keeps the status of the repository around it. What mr says of failures is worth seeing.
cache_mr_status () {
	cache_mr_status_say "keeping the status of $1"
	(builtin cd -- "$1" && mr --no-recurse --quiet --top --cache status)
	return 0
}

# cache_mr_status_chdir FORMER: is to be called after each change of directory.
cache_mr_status_chdir () {
	[ "$1" != "$PWD" ] || return 0
	local left
	left=$(cache_mr_status_repository "$1") || return 0
	[ "$left" = "$(cache_mr_status_repository "$PWD")" ] || cache_mr_status "$1"
	return 0
}

cache_mr_status_exit () {
	cache_mr_status_repository "$PWD" >/dev/null || return 0
	cache_mr_status "$PWD" 2>/dev/null
}

if [ -n "${ZSH_VERSION-}" ]; then
	# zsh has a hook for either.
	cache_mr_status_chpwd () {
		[ "$ZSH_SUBSHELL" != 0 ] || cache_mr_status_chdir "$OLDPWD"
	}
	autoload -Uz add-zsh-hook
	add-zsh-hook chpwd cache_mr_status_chpwd
	add-zsh-hook zshexit cache_mr_status_exit
elif [ -n "${BASH_VERSION-}" ]; then
	cache_mr_status_go () {
		local former=$PWD
		builtin "$@" || return
		[ "$BASH_SUBSHELL" != 0 ] || cache_mr_status_chdir "$former"
		return 0
	}
	cd () {
		cache_mr_status_go cd "$@"
	}
	pushd () {
		cache_mr_status_go pushd "$@"
	}
	popd () {
		cache_mr_status_go popd "$@"
	}
	# What was to be done at the end is done first.
	cache_mr_status_trap () {
		[ "${3-}" = "${3/cache_mr_status_exit/}" ] || return 0
		trap -- "${3:+$3
}cache_mr_status_exit" EXIT
	}
	eval "cache_mr_status_trap $(trap -p EXIT)"
	unset -f cache_mr_status_trap
fi
