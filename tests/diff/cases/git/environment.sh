# git's own environment variables are refused unless --force-env
git_pair one
GIT_DIR=$HOME/one/.git
export GIT_DIR
run mr status
run mr --force-env run git rev-parse --git-dir
export GIT_WORK_TREE=$HOME/one
run mr list
run mr help
unset GIT_DIR GIT_WORK_TREE
for name in GIT_INDEX_FILE GIT_OBJECT_DIRECTORY VCSH_COMMAND VCSH_DIRECTORY VCSH_REPO_NAME; do
	export $name=x
	run mr list
	unset $name
done
export GIT_DIR=
run mr list
