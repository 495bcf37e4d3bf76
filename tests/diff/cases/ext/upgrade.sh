# upgrade: what is run where there is something to upgrade, and nothing elsewhere
# extensions: both
stub bzr svn
extensions upgrade
dirs bzr/.bzr svn/.svn git/.git none hg/.hg
printf '[bzr]\n[svn]\n[git]\n[none]\n' >>.mrconfig
run mr upgrade
run mr -d svn upgrade --some thing
calls
run mr up
run mr upg
touch svn/fail
run mr -d svn upgrade
printf '[ALIAS]\nup = update\n' >>.mrconfig
run mr -d none up
