# all extension files at once: what people have in their files when they want everything
# extensions: yes
stub dgit tig git-svn unison repo stow
mkdir -p bin
extensions '*'
git_pair git
dirs hg/.hg none repo/.repo music sub
cat >>.mrconfig <<'SH'
[hg]
[none]
[repo]
[music]
unison_test = true
SH
git_advance git
run mr list
run mr nonsense
run mr -d git update
run mr -d git status
run mr -d repo update
run mr -d music push
run mr -d none upgrade
run mr -d git vis
run mr -d git remote
run mr -d none status
calls
for short in st up upg re rem gr gra v sh un res; do
	run mr -d none "$short"
done
