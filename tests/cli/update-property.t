#!/bin/bash
# Native update against git itself on random repositories: the same output, status and files, or declined with nothing changed.
#
# MR_PROPERTY_REPOSITORIES says how many (60), SEED repeats a run, KEEP names a directory for those that differ.
set -u
: "${MR_PROPERTY_REPOSITORIES:=60}" "${SEED:=$(date +%s)}" "${MR_BUILD:=$(dirname "$0")/../../build}"
driver=$(realpath -e "$MR_BUILD/unit/test_native") || exit 2
work=$(mktemp -d) || exit 2
work=$(realpath "$work")
trap 'rm -rf "$work"' EXIT
RANDOM=$SEED
echo "# seed $SEED, $MR_PROPERTY_REPOSITORIES repositories"

for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\)=.*/\1/p'); do
	unset "$name"
done
export HOME=$work/home XDG_CONFIG_HOME=$work/home/.config GIT_CONFIG_NOSYSTEM=1 LC_ALL=C TERM=xterm
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@x GIT_COMMITTER_NAME=c GIT_COMMITTER_EMAIL=c@x
unset LANGUAGE LANG LC_MESSAGES
mkdir -p "$HOME/.config/git"
printf '*.global\n/global-root\n' >"$HOME/.config/git/ignore"
git config --global init.defaultBranch main
git config --global alias.st status

# shellcheck disable=SC2034 # pick() names these arrays
names=(a b c.txt 'with blank' $'tab\there' 'quo"te' 'back\slash' $'\303\244\303\266' $'new\nline' -dash a.b a0 'x~' foo foobar
	.hidden build.o out.log 'br[ck]' '#hash' '!bang' ' lead' 'star*' z Makefile)
dirs=('' '' '' d/ d/ d/e/ d/e/f/ d.x/ 'sp ace/' build/ foo/ $'\303\251/' d0/)
patterns=('*.o' '*.log' '!keep.log' build/ /foo 'd/*' '!d/e' 'd/**/z' '**/foo' 'foo/**' 'a?b' '[a-c]' '[!a-c].txt' '\#hash' '\!bang'
	'# comment' '' '*' '!*/' '!*.txt' 'x~' '*~' 'd.x' '/d/e/' 'with blank' 'quo"te' 'trail ' 'trail\ ' '**' 'foo*' '/*' '!/d' '!/d/'
	'e' 'e/' 'd/e/f' 'd*/**' 'a**b' 'f*o/**/z' '[[:alpha:]]0' '*.global' '!*.global' 'star\*' 'd/e/*' '!d/e/f/' '/')

pick() { # NAME: sets REPLY to a random element of that array
	local -n array=$1
	REPLY=${array[RANDOM % ${#array[@]}]}
}

chance() { ((RANDOM % 100 < $1)); }

random_path() {
	pick dirs
	local dir=$REPLY
	pick names
	REPLY=$dir$REPLY
}

write_file() { # PATH: some content, a link, or a program; nothing where it cannot be
	case $1 in */*) mkdir -p -- "${1%/*}" 2>/dev/null || return 0 ;; esac
	[ -d "./$1" ] && return 0
	if chance 10; then
		ln -sfn "target$((RANDOM % 5))" "./$1"
	elif chance 10; then
		: >"./$1"
	elif chance 5; then
		printf '%d\r\n%d\r\n' $((RANDOM % 9)) $((RANDOM % 9)) >"./$1" 2>/dev/null
	else
		printf '%0*d\n' $((RANDOM % 30 + 1)) $RANDOM >"./$1" 2>/dev/null
	fi
	if chance 10 && [ ! -L "./$1" ]; then
		chmod +x "./$1"
	fi
	return 0
}

write_ignores() {
	local count=$((RANDOM % 5)) dir
	pick dirs
	dir=$REPLY
	[ -n "$dir" ] && { mkdir -p "./$dir" 2>/dev/null || return 0; }
	while ((count-- > 0)); do
		pick patterns
		printf '%s\n' "$REPLY"
	done >"./$dir.gitignore"
}

age() { # so that no file is as young as the index
	find . -name .git -prune -o -exec touch -h -d '2 hours ago' {} +
}

mutate() {
	local i count=$((RANDOM % 7)) path
	for ((i = 0; i < count; i++)); do
		if chance 60; then
			path=$(git ls-files -z 2>/dev/null | tr '\0\n' '\n\1' | awk -v n=$RANDOM '{ l[NR] = $0 } END { if (NR) print l[n % NR + 1] }' | tr '\1' '\n'; echo .)
			path=${path%$'\n'.}
		else
			random_path
			path=$REPLY
		fi
		[ -n "$path" ] || continue
		case $((RANDOM % 16)) in
		0 | 1 | 2) write_file "$path" ;;
		3) rm -rf "./$path" ;;
		4) chmod +x "./$path" 2>/dev/null ;;
		5) rm -rf "./$path"; mkdir -p "./$path"; chance 70 && echo x >"./$path/inner" ;;
		6) touch -h -d '3 hours ago' "./$path" 2>/dev/null ;;
		7) [ -f "./$path" ] && [ ! -L "./$path" ] && tr '0-9' '1-90' <"./$path" >.tmp && cat .tmp >"./$path"; rm -f .tmp ;;
		8) case $path in */*) rm -rf "./${path%%/*}"; chance 50 && echo x >"./${path%%/*}" ;; esac ;;
		9) git rm -q --cached -- "$path" 2>/dev/null ;;
		10) write_file "$path"; touch -h -d '2 hours ago' "./$path" 2>/dev/null; git add -f -- "$path" 2>/dev/null ;;
		11) mkdir -p "./$path/empty" 2>/dev/null ;;
		12) write_ignores ;;
		13) git rm -rfq -- "$path" 2>/dev/null ;;
		14) random_path; write_file "$REPLY" ;;
		15) chance 30 && mkfifo "./$path.fifo" 2>/dev/null ;;
		esac
	done
	return 0
}

configure() {
	chance 15 && git config core.quotePath false
	chance 15 && git config status.relativePaths false
	chance 10 && git config core.fileMode false
	chance 10 && git config color.ui auto
	chance 10 && git config core.autocrlf input
	chance 5 && git config index.version 4
	chance 4 && git config status.branch true
	chance 4 && git config core.fsmonitor true
	chance 10 && { printf '*.log\n!keep.log\nz\n' >"$work/excludes"; git config core.excludesFile "$work/excludes"; }
	chance 20 && echo 'build.o' >>.git/info/exclude
	chance 10 && echo '* text=auto' >.gitattributes
	chance 5 && echo '*.txt ident' >.gitattributes
	return 0
}

references() {
	chance 20 && git tag light
	chance 20 && git tag -a -m t heavy
	chance 30 && git branch side && git push -q origin side
	chance 10 && git branch local-only
	chance 20 && git pack-refs --all
	chance 10 && git gc -q
	chance 10 && git remote set-head origin -d
	chance 10 && git checkout -q --detach
	return 0
}

make_repo() { # DIR: a repository in a random state
	git init -q "$1"
	cd "$1" || exit 2
	local i count=$((RANDOM % 20)) stashed=no
	configure
	for ((i = 0; i < count; i++)); do
		random_path
		write_file "$REPLY"
	done
	chance 60 && write_ignores
	chance 40 && write_ignores
	age
	chance 92 && git add . 2>/dev/null
	if chance 92; then
		git commit -q --allow-empty -m first
		if chance 90; then
			git init -q --bare "$1.origin"
			git remote add origin "$1.origin"
			git push -q -u origin main
			git remote set-head origin -a >/dev/null
		fi
		references >/dev/null 2>&1
		if chance 15 && [ "$count" -gt 0 ]; then
			echo change >stashed-file
			git add -f stashed-file
			git stash -q && stashed=yes
		fi
	fi
	[ $stashed = no ] || age
	git status -s >/dev/null 2>&1
	mutate 2>/dev/null
	chance 60 && git status -s >/dev/null 2>&1
	cd "$work" || exit 2
}

picture() { # of all files in a repository: times of those that a status must leave alone, content of all
	(cd "$1" && find . -printf '%p %y %m %s\n' | LC_ALL=C sort
	 find . -type f ! -path '*/objects/*' -print0 | LC_ALL=C sort -z | xargs -0 -r sha1sum)
}

wrong=0 pulls=0 pulls_native=0
reasons=$work/reasons
: >"$reasons"

differs() { # WHAT REPO
	wrong=$((wrong + 1))
	echo "# differs: $1 in repository $index"
	diff "$work/git.out" "$work/ours.out" | head -5 | sed 's/^/#   /'
	diff "$work/git.err" "$work/ours.err" | head -5 | sed 's/^/#   /'
	[ -z "${KEEP:-}" ] || { rm -rf "$KEEP/$index"; mkdir -p "$KEEP"; cp -a "$2" "$KEEP/$index"; }
}

compare_update() { # REPO: on two copies, with the same remote
	rm -rf "$work/by-us" "$work/by-git"
	cp -a "$1" "$work/by-us"
	cp -a "$1" "$work/by-git"
	pulls=$((pulls + 1))
	picture "$work/by-us" >"$work/before"
	"$driver" update "$work/by-us" "$work/by-us" >"$work/ours.out" 2>"$work/ours.err"
	local status=$?
	picture "$work/by-us" >"$work/after"
	if [ $status = 125 ]; then
		cmp -s "$work/before" "$work/after" || differs 'declined and changed a file' "$1"
		sed 's/ [^ ]*[a-z0-9]$//' "$work/ours.out" >>"$reasons"
		return
	fi
	pulls_native=$((pulls_native + 1))
	(cd "$work/by-git" && git pull) >"$work/git.out" 2>"$work/git.err"
	[ $? = $status ] && cmp -s "$work/git.out" "$work/ours.out" && cmp -s "$work/git.err" "$work/ours.err" || differs update "$1"
	picture "$work/by-git" >"$work/before"
	diff "$work/before" "$work/after" >"$work/git.out" || differs 'files after update' "$1"
}

move_remote() { # REPO.origin: sometimes something new there
	[ -d "$1" ] || return 0
	chance 10 && git --git-dir="$1" branch new main
	chance 10 && git --git-dir="$1" tag v1 main
	chance 5 && git --git-dir="$1" branch -D side
	chance 5 && git --git-dir="$1" config transfer.hideRefs refs/heads/x
	return 0
}

for ((index = 1; index <= MR_PROPERTY_REPOSITORIES; index++)); do
	repo=$work/r$index
	make_repo "$repo"
	move_remote "$repo.origin" >/dev/null 2>&1
	compare_update "$repo"
	rm -rf "$repo" "$repo.origin"
done

echo "# $pulls_native of $pulls native"
LC_ALL=C sort "$reasons" | uniq -c | sort -rn | head -40 | sed 's/^/#   /'
echo 1..2
[ $wrong = 0 ] && echo 'ok 1 - native update agrees with git' || { echo "not ok 1 - native update differs $wrong times (SEED=$SEED)"; failed=1; }
[ $((pulls_native * 10)) -ge $pulls ] && echo 'ok 2 - a tenth of the updates, or more, is native' || { echo 'not ok 2 - hardly any update is native'; failed=1; }
exit ${failed:-0}
