# git-svn: how it is told from plain git, and what is run
# extensions: yes
stub git-svn
fixed_dates
extensions git-svn remote
git_pair plain svn
git -C svn config svn-remote.svn.url https://example.org/svn
run mr update
run mr -d svn update --some thing
run mr -d svn fetch
run mr -d svn commit -m ignored
run mr -d svn push
run mr -d svn log -1
run mr remote
calls
echo changed >svn/file
touch svn/new plain/new
run mr status
run mr -d svn diff
run mr -d svn clean
run mr -d svn clean -f -q
run mr -d svn grep changed
run mr -d svn grep nowhere
run mr -d svn record -m 'two words'
run mr -d svn status
touch svn/fail
run mr -d svn update
