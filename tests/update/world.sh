# Makes the world of tests/cli/update-equality.t: repositories in every state that an update may find, and what they come from.
#
#   world.sh WORLD CASES...     with HTTPS_URL and SSH_HOST in the environment
#
# WORLD/remotes gets the bare repositories NAME.git, WORLD/home/code the clones NAME, and WORLD/keep the names of those whose index
# must not be refreshed when the world is copied. WORLD/home/update.mrconfig has a section for each; fetch.mrconfig only for those
# that were made while `fetch` was yes: what is to be seen of a fetch.
#
# All repositories are copies of one pair, and what "upstream" gets later is there already, without a reference: to move a branch
# is to write one file. Variables of the commits: M1 M2 on master, with the tags v1 (light) and v2 (annotated); S1 on side; and
# not yet there: N1 N2, the next two of master; S2, of side; F2, which would replace M2; O1, a history of its own; T1, an annotated
# tag of N1; and the children of M2 below, each called by what it does.
set -eu

W=$1
R=$W/remotes
C=$W/home/code
shift
export GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'

# repo NAME [TRANSPORT]: a remote, a clone of it in which the case then stands, and a section. TRANSPORT is local, file, https or ssh.
repo()
{
	name=$1
	r=$R/$1.git
	case ${2-local} in
	local) url=$r ;;
	file) url=file://$r ;;
	https) url=$HTTPS_URL/$1.git ;;
	ssh) url=$SSH_HOST:$r ;;
	esac
	cp -a "$R/template.git" "$r"
	cp -a "$W/template" "$C/$1"
	cd "$C/$1"
	sed "s|$R/template.git|$url|" "$W/template/.git/config" >.git/config
	section "$1"
}

# clone WORD...: the clone is made anew, with these words for git clone.
clone()
{
	cd "$C"
	rm -rf "${C:?}/$name"
	git clone -q "$@" "$name" 2>/dev/null
	cd "$name"
}

# section NAME: the repository ~/code/NAME in the configurations.
section()
{
	[ $fetch = no ] || printf '[code/%s]\ncheckout = false\n' "$1" >>"$W/home/fetch.mrconfig"
	printf '[code/%s]\ncheckout = false\n' "$1" >>"$W/home/update.mrconfig"
}

# up COMMIT [BRANCH]: somebody has pushed it. Also up COMMIT refs/...
up()
{
	case ${2-master} in
	refs/*) reference=$2 ;;
	*) reference=refs/heads/${2-master} ;;
	esac
	mkdir -p "$r/${reference%/*}"
	echo "$1" >"$r/$reference"
}

# down REFERENCE: somebody has deleted it.
down() { git --git-dir="$r" update-ref -d "$1"; }

# at COMMIT: the clone is at that commit, and so was the remote when it was last looked at.
at()
{
	git fetch -q "$R/template.git" "$1"
	git reset -q --hard "$1"
	git update-ref refs/remotes/origin/master "$1"
}

# commit [FILE]: a local commit that changes the file.
commit()
{
	echo "mine" >>"${1-mine}"
	git add "${1-mine}"
	git commit -q -m "Change ${1-mine} here"
}

# set_config KEY VALUE...: appended as text, which is quicker than git config. A key is section.name or section.sub.name.
set_config()
{
	while [ $# -gt 0 ]; do
		key=${1##*.}
		section=${1%.*}
		case $section in
		*.*) printf '[%s "%s"]\n\t%s = %s\n' "${section%%.*}" "${section#*.}" "$key" "$2" ;;
		*) printf '[%s]\n\t%s = %s\n' "$section" "$key" "$2" ;;
		esac >>.git/config
		shift 2
	done
}

# keep_index: the index stays as it is, also if its times are wrong in a copy.
keep_index() { echo "$name" >>"$W/keep"; }

hook()
{
	printf '#!/bin/sh\necho "%s $*"\n' "$1" >".git/hooks/$1"
	chmod +x ".git/hooks/$1"
}

# import REF PARENT MESSAGE: a commit in the template; standard input are the commands for its files. Its id comes out.
import()
{
	{
		printf 'commit %s\nmark :1\ncommitter Tester <tester@example.org> 1700000000 +0000\ndata <<END\n%s\nEND\n' "$1" "$3"
		[ -z "$2" ] || printf 'from %s\n' "$2"
		cat
		printf '\nget-mark :1\n'
	} | git --git-dir="$R/template.git" fast-import --quiet --force
}

# text PATH LINE... : a file for import.
text()
{
	printf 'M 100644 inline %s\ndata <<END\n' "$1"
	shift
	printf '%s\n' "$@" END
}

template()
{
	mkdir -p "$R" "$C" "$W/home/tmp"
	git init -q --bare "$R/template.git"
	rm -rf "$R/template.git/hooks" "$R/template.git/info" "$R/template.git/description"
	M1=$({ text file one two three; text other other; text sub/deep deep; text dir/a a; text .gitignore '*.log'; } |
		import refs/heads/master '' First)
	S1=$(text side side | import refs/heads/side "$M1" Side)
	M2=$(text file one two three four | import refs/heads/master "$M1" Second)
	git --git-dir="$R/template.git" tag v1 "$M1"
	git --git-dir="$R/template.git" tag -a -m two v2 "$M2"
	git clone -q --no-local "$R/template.git" "$W/template"
	rm -rf "$W/template/.git/hooks/"*
	touch -h -d '2 hours ago' "$W/template/"* "$W/template/"*/* "$W/template/.gitignore"
	later
	git --git-dir="$R/template.git" pack-refs --all
}

# What upstream may get later. The references go away again.
later()
{
	N1=$(text file one two three four five | import refs/later/1 "$M2" Third)
	N2=$(text new new | import refs/later/2 "$N1" Fourth)
	S2=$(text side side again | import refs/later/3 "$S1" 'Side again')
	F2=$(text file one two three 'another four' | import refs/later/4 "$M1" 'Another second')
	O1=$(text elsewhere x | import refs/later/5 '' Elsewhere)
	MODE=$(printf 'M 100755 inline file\ndata 1\nx\nM 120000 inline link\ndata 4\nfile\nR other renamed\n' | import refs/later/6 "$M2" Modes)
	TREE=$({ text file/inside x; text dir b; } | import refs/later/7 "$M2" 'Files and directories change places')
	GONE=$(printf 'D file\nD sub\n' | import refs/later/8 "$M2" Less)
	MANY=$(for n in 1 2 3 4 5 6 7 8 9 10 11 12 13; do text "many/a rather long name, so that it is cut $n/ä$n" "$n"; done |
		import refs/later/9 "$M2" Many)
	BINARY=$(printf 'M 100644 inline file\ndata 4\n\000\001\002\003\n' | import refs/later/10 "$M2" Binary)
	LOG=$(text a.log log | import refs/later/11 "$M2" 'What is ignored')
	ATTRIBUTES=$({ text .gitattributes '* text eol=crlf'; text crlf one two; } | import refs/later/12 "$M2" Attributes)
	SAME=$(text file one two three four mine | import refs/later/13 "$M2" 'The same change')
	MERGE=$(printf 'merge %s\n' "$S1" | { cat; text side side; } | import refs/later/14 "$M2" Merge)
	LINK=$(printf 'M 120000 inline file\ndata 5\nother\nM 120000 inline dir/new\ndata 7\nnowhere\n' | import refs/later/15 "$M2" Links)
	UNLINK=$(text file 'a file again' | import refs/later/16 "$LINK" 'No links')
	ODD=$({ text '"with \"quotes\" and \\ in it"' x; text '"tab\tnewline\n\001\377"' x; text 'blank at the end ' x; text -dash x; text '日本' x; } |
		import refs/later/17 "$M2" 'Odd names')
	EDGES=$(printf 'M 100644 inline file\ndata 0\n\nM 100644 inline empty\ndata 0\n\nM 100644 inline other\ndata 4\nlast\n' |
		import refs/later/18 "$M2" 'Empty, and no newline at the end')
	BIG=$(for n in $(seq 40); do text "some/deep/directory/with a very long name/so that the line is much too long for a terminal/$n" $(seq $((n * n))); done |
		import refs/later/19 "$M2" Big)
	SMALL=$(for n in $(seq 40); do text "some/deep/directory/with a very long name/so that the line is much too long for a terminal/$n" $(seq 2 3 $n); done |
		import refs/later/20 "$BIG" 'Small again')
	EXEC=$(printf 'M 100755 %s file\n' "$(git --git-dir="$R/template.git" rev-parse "$M2:file")" | import refs/later/21 "$M2" Executable)
	NAMES=$(printf 'R file dir/file\nC other more/other\n' | import refs/later/22 "$M2" Renamed)
	SAMETREE=$(import refs/later/23 "$M2" 'Nothing in it' </dev/null)
	UNTREE=$(printf 'D file\nM 100644 inline file\ndata 2\nx\n\nD dir\nM 100644 inline dir\ndata 2\nx\n\n' | import refs/later/24 "$TREE" Back)
	MODULES=$({ text .gitmodules '[submodule "inner"]' 'path = inner' 'url = ./inner'; printf 'M 160000 %s inner\n' "$M1"; } |
		import refs/later/25 "$M2" 'A submodule')
	RULES=$(text .gitignore '*.o' 'sub/' | import refs/later/26 "$M2" 'Other rules')
	# Its blob is among those by which git guesses how many loose objects there are.
	GARBAGE=$(text garbage 'garbage 96' | import refs/later/27 "$M2" 'An object 17...')
	T1=$(git --git-dir="$R/template.git" mktag <<-END
	object $N1
	type commit
	tag v3
	tagger Tester <tester@example.org> 1700000000 +0000

	three
	END
	)
	rm -r "$R/template.git/refs/later"
}

fetch=yes
template
for cases; do
	# shellcheck disable=SC1090 # the callers' files
	. "$cases"
done
