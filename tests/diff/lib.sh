# Prelude of every differential case: recording what commands say, and fixtures that come out the same every time.
#
# A case starts in $HOME, which is empty but for the configuration that `home` below writes; $REMOTE is the directory for what
# repositories are cloned from. A fixture command that fails ends the case, and that is a failure; commands under `run` may fail.

# run COMMAND...: runs it with nothing to read and records what it says and its exit status.
run()
{
	run_from /dev/null "$@"
}

# run_from FILE COMMAND...: the same, reading FILE.
run_from()
{
	stdin=$1
	shift
	label "$@"
	status=0
	perform "$@" <"$stdin" >"$LOG/$runs.out" 2>"$LOG/$runs.err" || status=$?
	echo "$status" >"$LOG/$runs.status"
}

# run_merged COMMAND...: standard output and error are the same open file, as in `COMMAND >file 2>&1`.
run_merged()
{
	label "$@"
	status=0
	perform "$@" </dev/null >"$LOG/$runs.out" 2>&1 || status=$?
	: >"$LOG/$runs.err"
	echo "$status" >"$LOG/$runs.status"
}

# run_tty COMMAND...: on a terminal of its own, 80 columns wide; both streams end up in one.
run_tty()
{
	on_terminal=$TOOLS/pty
	if [ ! -x "$on_terminal" ]; then
		echo "$on_terminal: no such program; build it, or set MR_TEST_TOOLS"
		exit 1
	fi
	run "$@"
	on_terminal=
}

runs=0
label()
{
	runs=$((runs + 1))
	printf '%s' "$*" >"$LOG/$runs.cmd"
}

# Runs the words; -jN of this side comes after a leading mr.
perform()
{
	if [ "$1" = mr ] && [ -n "$JOBS" ]; then
		shift
		set -- mr "$JOBS" "$@"
	fi
	${on_terminal:+"$on_terminal"} "$@"
}

# config [FILE]: writes standard input to ~/.mrconfig, or to FILE.
config()
{
	mkdir -p "$(dirname "${1-$HOME/.mrconfig}")"
	cat >"${1-$HOME/.mrconfig}"
}

# extensions NAME...: begins ~/.mrconfig with these extension files. For cases with `# extensions: yes`.
extensions()
{
	echo '[DEFAULT]'
	for name; do
		echo "include = cat \$EXTENSIONS/$name"
	done
} >"$HOME/.mrconfig"

# stub NAME...: programs that only write to ~/calls where they ran and with which words, and fail where a file `fail` is.
stub()
{
	mkdir -p "$SANDBOX/stubs"
	for name; do
		cat >"$SANDBOX/stubs/$name" <<-'END'
		#!/bin/sh
		# One write a line: the ends of a pipe write at the same time.
		line=$(
			printf '%s in %s:' "${0##*/}" "$PWD"
			[ $# -eq 0 ] || printf ' <%s>' "$@"
		)
		printf '%s\n' "$line" >>"$HOME/calls"
		[ ! -e fail ]
		END
		chmod +x "$SANDBOX/stubs/$name"
	done
	case "$PATH" in
	"$SANDBOX/stubs:"*) ;;
	*) PATH=$SANDBOX/stubs:$PATH ;;
	esac
}

# calls: records what the stubs have written since.
calls()
{
	touch "$HOME/calls"
	run cat "$HOME/calls"
	rm "$HOME/calls"
}

# dirs NAME...: directories under $HOME, for cases that need no version control.
dirs()
{
	for dir; do
		mkdir -p "$HOME/$dir"
	done
}

# fixed_dates: from here on every git commit gets the same dates, also those that mr makes. Fixtures need no such thing.
fixed_dates()
{
	export GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'
}

# fgit ...: git for fixtures: quiet, with fixed dates.
fgit()
{
	GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000' git "$@" >/dev/null 2>&1
}

# git_remote NAME...: bare repositories $REMOTE/NAME.git with one commit of a file called `file` on master.
git_remote()
{
	for name; do
		fgit init --bare "$REMOTE/$name.git"
		git_import "$name" master file "first of $name"
	done
}

# git_advance NAME [FILE [TEXT [BRANCH]]]: a commit more in $REMOTE/NAME.git, as if somebody else had pushed it.
git_advance()
{
	git_import "$1" "${4-master}" "${2-file}" "${3-second of $1}"
}

git_import()
{
	{
		printf 'commit refs/heads/%s\n' "$2"
		printf 'committer Tester <tester@example.org> 1700000000 +0000\ndata <<END\n%s\nEND\n' "$4"
		git -C "$REMOTE/$1.git" rev-parse -q --verify "refs/heads/$2" | sed 's/^/from /'
		printf 'M 100644 inline %s\ndata <<END\n%s\nEND\n' "$3" "$4"
	} | git -C "$REMOTE/$1.git" fast-import --quiet
}

# git_clone NAME [DIR]: clones $REMOTE/NAME.git to ~/DIR (or ~/NAME) as `git clone` does.
git_clone()
{
	mkdir -p "$(dirname "$HOME/${2-$1}")"
	fgit clone "$REMOTE/$1.git" "$HOME/${2-$1}"
}

# git_pair NAME...: the remote, its clone ~/NAME, and a section in ~/.mrconfig.
git_pair()
{
	for name; do
		git_remote "$name"
		git_clone "$name"
		printf '[%s]\ncheckout = git clone %s\n' "$name" "$REMOTE/$name.git $name" >>"$HOME/.mrconfig"
	done
}

# git_commit DIR FILE TEXT: writes TEXT to FILE of the clone ~/DIR and commits it, with TEXT as the message.
git_commit()
{
	echo "$3" >"$HOME/$1/$2"
	fgit -C "$HOME/$1" add "$2"
	fgit -C "$HOME/$1" commit -m "$3"
}

# svn_remote NAME: $REMOTE/svnrepo/NAME with one file; revision dates are fixed.
svn_remote()
{
	repository=$REMOTE/svnrepo/$1
	mkdir -p "$repository"
	svnadmin create "$repository"
	printf '#!/bin/sh\nexit 0\n' >"$repository/hooks/pre-revprop-change"
	chmod +x "$repository/hooks/pre-revprop-change"
	svn -q checkout "file://$repository" "$SANDBOX/seed"
	echo "first of $1" >"$SANDBOX/seed/file"
	svn -q add "$SANDBOX/seed/file"
	svn -q commit -m "First of $1" "$SANDBOX/seed"
	svn_dates "$1" 1
	rm -rf "$SANDBOX/seed"
}

# svn_advance NAME: a second revision.
svn_advance()
{
	svn -q checkout "file://$REMOTE/svnrepo/$1" "$SANDBOX/seed"
	echo "second of $1" >>"$SANDBOX/seed/file"
	svn -q commit -m "Second of $1" "$SANDBOX/seed"
	svn_dates "$1" 2
	rm -rf "$SANDBOX/seed"
}

svn_dates()
{
	svn -q propset svn:date --revprop -r "$2" 2023-11-14T22:13:20.000000Z "file://$REMOTE/svnrepo/$1"
	svn -q propset svn:author --revprop -r "$2" tester "file://$REMOTE/svnrepo/$1"
}

# hg_remote NAME: $REMOTE/NAME with one file. hg_advance NAME: a second changeset.
hg_remote()
{
	hg init "$REMOTE/$1"
	echo "first of $1" >"$REMOTE/$1/file"
	hg -q -R "$REMOTE/$1" commit -A -m "First of $1"
}

hg_advance()
{
	echo "second of $1" >>"$REMOTE/$1/file"
	hg -q -R "$REMOTE/$1" commit -m "Second of $1"
}

# bzr_remote NAME: $REMOTE/NAME with one file. bzr_advance NAME: a second revision.
bzr_remote()
{
	bzr init -q "$REMOTE/$1"
	echo "first of $1" >"$REMOTE/$1/file"
	bzr add -q "$REMOTE/$1/file"
	(cd "$REMOTE/$1" && bzr commit -q --commit-time '2023-11-14 22:13:20 +0000' -m "First of $1")
}

bzr_advance()
{
	echo "second of $1" >>"$REMOTE/$1/file"
	(cd "$REMOTE/$1" && bzr commit -q --commit-time '2023-11-14 22:13:20 +0000' -m "Second of $1")
}

# cvs_remote MODULE: a module with one file in the CVS root $REMOTE/cvs. cvs_advance MODULE: a second revision.
cvs_remote()
{
	[ -d "$REMOTE/cvs/CVSROOT" ] || cvs -Q -d "$REMOTE/cvs" init
	mkdir "$SANDBOX/seed"
	echo "first of $1" >"$SANDBOX/seed/file"
	(cd "$SANDBOX/seed" && cvs -Q -d "$REMOTE/cvs" import -m "First of $1" "$1" vendor start) >/dev/null
	rm -rf "$SANDBOX/seed"
}

cvs_advance()
{
	(cd "$SANDBOX" && cvs -Q -d "$REMOTE/cvs" checkout -d seed "$1")
	echo "second of $1" >>"$SANDBOX/seed/file"
	(cd "$SANDBOX/seed" && cvs -Q commit -m "Second of $1") >/dev/null
	rm -rf "$SANDBOX/seed"
}

# darcs_remote NAME: $REMOTE/NAME with one patch. darcs_advance NAME: a second patch.
darcs_remote()
{
	darcs init -q "$REMOTE/$1"
	echo "first of $1" >"$REMOTE/$1/file"
	(cd "$REMOTE/$1" && darcs add -q file && darcs_record "First of $1")
}

darcs_advance()
{
	echo "second of $1" >>"$REMOTE/$1/file"
	(cd "$REMOTE/$1" && darcs_record "Second of $1")
}

darcs_record()
{
	printf '20231114221320\nTester <tester@example.org>\n%s\n' "$1" | darcs record -q -a --pipe
}

# fossil_remote NAME: the repository file $REMOTE/NAME.fossil with one file.
fossil_remote()
{
	fossil init --date-override 2023-11-14T22:13:20 "$REMOTE/$1.fossil" >/dev/null
	mkdir "$SANDBOX/seed"
	(
		cd "$SANDBOX/seed"
		fossil open "$REMOTE/$1.fossil" >/dev/null
		echo "first of $1" >file
		fossil add file >/dev/null
		fossil commit --date-override 2023-11-14T22:13:21 --no-warnings -m "First of $1" >/dev/null 2>&1
		fossil close >/dev/null
	)
	rm -rf "$SANDBOX/seed"
}

# The home directory that every case finds. With `# servers: yes`, $SSH_HOST:$REMOTE and $HTTPS_REMOTE lead to $REMOTE.
home()
{
	cat >"$HOME/.gitconfig" <<-'END'
	[user]
		name = Tester
		email = tester@example.org
	[init]
		defaultBranch = master
	END
	cat >"$HOME/.hgrc" <<-'END'
	[ui]
	username = Tester <tester@example.org>
	merge = internal:merge
	[devel]
	default-date = 1700000000 0
	END
	if [ -n "${HTTPS_URL-}" ]; then
		git config --global http.sslCAInfo "$SERVERS_CA"
		HTTPS_REMOTE=$HTTPS_URL${REMOTE#"$SERVERS_ROOT"}
	fi
	export BRZ_EMAIL='Tester <tester@example.org>' EMAIL='Tester <tester@example.org>'
}

home
