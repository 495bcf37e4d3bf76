# Twenty repositories with every kind of local work, in the words of world.sh; most have news that git brings without a question.
fetch=no
n=0
while [ $n -lt 20 ]; do
	n=$((n + 1))
	case $((n % 4)) in
	0) repo "r$n" https ;;
	1) repo "r$n" ssh ;;
	*) repo "r$n" ;;
	esac
	git branch -q mine
	echo "stashed $n" >>file
	git stash -q
	git update-ref refs/heads/mine "$(echo "mine $n" | git commit-tree -p HEAD 'HEAD^{tree}')"
	echo "dirty $n" >>other
	echo "staged $n" >staged
	git add staged
	echo "untracked $n" >untracked
	case $((n % 5)) in
	0) ;;
	1) up "$N1" ;;
	2) up "$N2" ;;
	3) up "$S2" side ;;
	4)
		up "$MANY"
		up "$T1" refs/tags/v3
		;;
	esac
done
