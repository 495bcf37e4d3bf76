# VCS tests written as perl
mkdir -p a/.one b/.two c/.one/.two d
touch d/file
config <<'END'
[DEFAULT]
one_test = perl: -d "$ENV{MR_REPO}/.one" && ! -e "$ENV{MR_REPO}/.one/.two"
two_test = perl:
	-d "$ENV{MR_REPO}/.two" || -e "$ENV{MR_REPO}/.one/.two"
file_test = perl: -f "$ENV{MR_REPO}/file"
one_say = echo one
two_say = echo two
file_say = echo file
[a]
[b]
[c]
[d]
END
run mr say
run mr status
