#!/usr/bin/perl
# Repositories of odd shapes, in which git complains of what nothing hangs on, or sees what one would not think of: what `mr status` says
# and leaves is the same natively and with --no-native. As root, all of it once more as an ordinary user, who may not read everything.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Fleet;
use FleetComparison;
use MrTest;
use POSIX ();
use Test::More;

# In a clone that has d/b and a, and where nothing changed; $up is the directory above.
my @shapes = split /^(?=# )/m, <<'END';
# plain
# a map of names that is a link
ln -s a .mailmap; git add .mailmap; git commit -qm m
# ... in an unborn repository
rm -rf .git; git init -q .; ln -s a .mailmap
# ... with a stash
echo x >a; git stash -q; ln -s a .mailmap
# ... that is not to be read
echo x >.mailmap; chmod 0 .mailmap
# a list of commands that is a directory
mkdir -p .git/sequencer/todo
# ... that is below a link to itself
ln -s sequencer .git/sequencer
# ... that is not to be seen
mkdir -m 0 .git/sequencer
# links to themselves in the place of directories
rm -r d; ln -s d d
# a directory that is behind closed doors
mkdir -p ../sec/d; rm -r d; ln -s ../sec/d d; chmod 0 ../sec
# a name longer than any file's
n=$(perl -e 'print "y" x 300'); i=$(git hash-object -w --stdin </dev/null); printf "100644 $i 0\t$n\n" | git update-index --index-info
# a path longer than any
n=$(perl -e 'print join "/", ("y" x 200) x 25'); i=$(git hash-object -w --stdin </dev/null); printf "100644 $i 0\t$n\n" | git update-index --index-info
# a macro of attributes below the top
echo '[attr]foo text' >d/.gitattributes; touch d/b
# a macro at the top
echo '[attr]foo text' >.gitattributes; touch d/b
# a macro of an odd name
echo '[attr]f@o text' >.gitattributes; touch d/b
# a macro that begins with a dash
echo '[attr]-foo text' >.gitattributes; touch d/b
# blanks that are none in attributes
printf '*.x \013text\n* a\fb\n' >.gitattributes; touch d/b
# an exclude file that is a directory
rm -f .git/info/exclude; mkdir -p .git/info/exclude
# ... that is a link to itself
rm -f .git/info/exclude; ln -s exclude .git/info/exclude
# ... that is not to be read
chmod 0 .git/info/exclude
# an exclude file of the user that is a directory
git config core.excludesFile "$HOME"
# ... that is nothing
git config core.excludesFile /dev/null; touch new
# ... behind two slashes
echo 'u*' >"$HOME/ign"; touch u v; git config core.excludesFile '~//ign'
# an include behind two slashes
printf '[core]\nquotePath = false\n' >"$HOME/inc"; touch ü; git config include.path '~//inc'
# hooks that are not to be seen, and the index is to be written
touch a; chmod 0 .git/hooks
# hooks behind two slashes
mkdir -p "$HOME/h"; printf '#!/bin/sh\necho hook\n' >"$HOME/h/post-index-change"; chmod +x "$HOME/h/post-index-change"; touch a; git config core.hooksPath '~//h'
# grafts that are not to be seen
chmod 0 .git/info
# ... in an unborn repository
rm -rf .git; git init -q .; mkdir -p .git/info; chmod 0 .git/info
# grafts behind a link to itself
rm -r .git/info; ln -s info .git/info
# a .gitignore that is not to be read, and not looked at
echo x >.gitignore; git add .; git commit -qm 2; git update-index --assume-unchanged .gitignore; chmod 0 .gitignore
# blanks that are none in a pattern
printf 'x[[:space:]]y\n' >.gitignore; touch "$(printf 'x\013y')" "$(printf 'x\014y')" "$(printf 'x\ty')"
# a directory below with the git directory above
mkdir n; ln -s ../.git n/.git
# a repository below
git init -q n
# ... that has a common directory which is not there
git init -q n; echo ../nowhere >n/.git/commondir
# ... whose objects are not to be seen
git init -q n; chmod 0 n/.git/objects
# ... whose references are not to be seen
git init -q n; chmod 600 n/.git/refs
# references that are not to be seen
git update-ref -d HEAD; rm -rf .git/refs/*; chmod 600 .git/refs
# directories that are not to be read beside a file that is not tracked
mkdir u; for i in 1 2 3 4 5 6 7 8; do mkdir u/z$i; chmod 0 u/z$i; done; echo >u/a
# odd .gitignore files beside one
mkdir u; for i in 1 2 3 4 5 6 7 8; do mkdir u/z$i; ln -s x u/z$i/.gitignore; echo >u/z$i/f; done; echo >u/a
# an entry that names nothing, and the index is to be written
printf '100644 0000000000000000000000000000000000000000 0\tzero\n' >../in; git update-index --index-info <../in || :; touch d/b
# threads for the index, and it is to be written
git config index.threads true; touch a
# one thread, and it is to be written
git config index.threads 1; touch a
# loose objects whose directory is none
git gc -q; i=$(git rev-parse HEAD | cut -c1-2); rm -rf .git/objects/$i; : >.git/objects/$i
# ... is a link to itself
git gc -q; i=$(git rev-parse HEAD | cut -c1-2); rm -rf .git/objects/$i; ln -s $i .git/objects/$i
# ... is not to be read
git gc -q; i=$(git rev-parse HEAD | cut -c1-2); mkdir -p .git/objects/$i; chmod 100 .git/objects/$i
# an object whose name is almost that of a commit
i=$(git rev-parse HEAD); git gc -q; d=.git/objects/$(echo $i | cut -c1-2); mkdir -p $d; : >$d/$(echo $i | cut -c3-39)$(echo $i | cut -c40 | tr 0-9a-f 1-9a-f0)
# a deep directory
perl -e '$n = "y" x 250; for (1 .. 15) { mkdir $n; chdir $n } $n = "z" x 160; mkdir $n; chdir $n; mkdir $n; chdir $n; open F, ">", "f"'
# HEAD names its branch late
printf 'ref: %300s refs/heads/main\n' '' >.git/HEAD
# a tag that is called like what is being picked
git rev-parse HEAD >.git/CHERRY_PICK_HEAD; git tag CHERRY_PICK_HEAD
# a branch that is called like what is being reverted
git rev-parse HEAD >.git/REVERT_HEAD; git update-ref refs/heads/REVERT_HEAD HEAD
# what was checked out has the name of a file of git's
git branch info/exclude; git checkout -q --detach info/exclude
# ... of an odd reference
git checkout -q --detach; git branch foo; git checkout -q --detach foo; echo 'ref: refs/heads/none' >.git/foo
# another reference that is called stash
echo x >a; git stash -q; git update-ref stash HEAD
# an octal number
git config index.threads 08
# ... of lines
git config diff.context 010
# a size that is octal
git config pack.packSizeLimit 08m
# attributes of colours in capitals
git config color.status.added BOLD
# colours in capitals
git config color.status.added RED
# a path that a later one hides
git config core.excludesFile '~nobodyx/x'; git config --add core.excludesFile /x
# a directory that may be listed and not searched
mkdir -p u/a; touch u/a/x; chmod 400 u/a
# a directory in the place of a file, not to be read
rm a; mkdir a; touch a/f; chmod 0 a
# ... with an odd .gitignore
rm a; mkdir a; ln -s x a/.gitignore; touch a/f
# ... as it should be
rm a; mkdir a; touch a/f
# what was checked out is a reference that leads nowhere
git checkout -q --detach; git tag v1; git checkout -q v1; echo ref: refs/heads/none >.git/ORIG_HEAD; sed -i 's/ to v1/ to ORIG_HEAD/' .git/logs/HEAD
# a tag of a type that does not exist
printf 'object %s\ntype  commit\ntag t\n\nx\n' $(git rev-parse HEAD) | git hash-object -w -t tag --stdin --literally >.git/refs/tags/t
# ... that a remote has, and all is pushed
git update-ref refs/remotes/o/m HEAD; printf 'object %s\ntype  commit\ntag t\n\nx\n' $(git rev-parse HEAD) | git hash-object -w -t tag --stdin --literally >.git/refs/remotes/o/t
# an odd parent of HEAD
i=$(printf 'tree %s\nparent xyz\nauthor a <b> 1 +0000\ncommitter a <b> 1 +0000\n\nx\n' $(git rev-parse HEAD^{tree}) | git hash-object -w -t commit --stdin --literally); echo $i >.git/HEAD
# ... of a stash
printf 'tree %s\nparent xyz\nauthor a <b> 1 +0000\ncommitter a <b> 1 +0000\n\nx\n' $(git rev-parse HEAD^{tree}) | git hash-object -w -t commit --stdin --literally >.git/refs/stash; mkdir -p .git/logs/refs; printf '%040d %s a <b> 1700000000 +0000\tx\n' 0 $(cat .git/refs/stash) >.git/logs/refs/stash
# pushed commits that are shown, for dates are wrong
perl -e 'print "commit refs/heads/main\nmark :1\ncommitter A <a\@b> 20000 +0000\ndata 2\nc\n\n"; print "commit refs/remotes/o/m\ncommitter A <a\@b> 5000 +0000\n", $_ == 9 ? "encoding UTF-8\n" : "", "data 2\nc\n", $_ ? "" : "from :1\n", "\n" for 0 .. 9' | git fast-import --quiet --force
# ... and history is long
perl -e 'print "commit refs/heads/main\nmark :1\ncommitter A <a\@b> 20000 +0000\ndata 2\nc\n\n"; print "commit refs/remotes/o/m\ncommitter A <a\@b> ", $_ < 10 ? 5000 : 30000 + $_, " +0000\ndata 2\nc\n", $_ ? "" : "from :1\n", "\n" for 0 .. 3100' | git fast-import --quiet --force
# pushed commits that are not shown, although git does not come to them
perl -e 'print "commit refs/heads/old\nmark :1\ncommitter A <a\@b> 20000 +0000\ndata 2\nc\nM 644 inline a\ndata 2\nx\n\n"; print "commit refs/heads/main\ncommitter A <a\@b> 5000 +0000\ndata 2\nc\n", $_ == 1 ? "from :1\n" : "", "\n" for 1 .. 6' | git fast-import --quiet --force; git update-ref refs/remotes/o/m main
# ... one more, and they are shown
perl -e 'print "commit refs/heads/old\nmark :1\ncommitter A <a\@b> 20000 +0000\ndata 2\nc\nM 644 inline a\ndata 2\nx\n\n"; print "commit refs/heads/main\ncommitter A <a\@b> 5000 +0000\ndata 2\nc\n", $_ == 1 ? "from :1\n" : "", "\n" for 1 .. 7' | git fast-import --quiet --force; git update-ref refs/remotes/o/m main
# a work tree that is linked by a relative path
printf '[core]\nquotePath = false\n' >"$HOME/inc"; git worktree add -q ../$name.tree; mv .git ../$name.git; cp -a ../$name.tree/. .; rm -rf ../$name.tree; ln -s $name.git/ ../$name.link; echo "gitdir: ../$name.link/worktrees/$name.tree" >.git; echo "$PWD/.git" >../$name.git/worktrees/$name.tree/gitdir; git config include.path "$HOME/inc"; touch ü
END

# [a title, what else is in the environment, what is done in HOME]
my @environments = (
    ['git is a script', {PATH => "w:$ENV{PATH}"}, 'mkdir w; printf "#!/bin/sh\necho wrapped; exec /usr/bin/git \"\$@\"\n" >w/git; chmod +x w/git'],
    ['there is no git', {PATH => 'e'}, 'mkdir e; for p in sh dash; do ln -s "$(command -v sh)" e/$p; done'],
    ['git may be in the work tree', {PATH => ".:$ENV{PATH}"}, ''],
    ['a relative directory of configuration', {XDG_CONFIG_HOME => 'cfg'}, 'mkdir -p run/r0001/cfg/git; echo "*" >run/r0001/cfg/git/ignore'],
    ['shell: OPTIND', {OPTIND => 'x'}, ''],
    ['shell: SHELLOPTS', {SHELLOPTS => 'xtrace'}, ''],
    ['shell: a function git', {'BASH_FUNC_git%%' => '() { echo exported; }'}, ''],
    map({ ["the key \"$_\"", {GIT_CONFIG_COUNT => 1, GIT_CONFIG_KEY_0 => $_, GIT_CONFIG_VALUE_0 => 'v'}, ''] }
        'user.name', 'user.name ', 'user.#', 'user.a=b#', 'user. name', "user.name\t", 'user.[user]a', 'user] name=.x', 'user.a_b', 'us_er.a', 'user.1a', '.a', 'a.', 'user.x_y.name', 'user..name'),
);

my $home;
my $script = "$FindBin::Bin/$FindBin::Script";

sub sh {
    local @ENV{qw(GIT_AUTHOR_DATE GIT_COMMITTER_DATE)} = ('1700000000 +0000') x 2;
    system('sh', '-ec', "exec >../log 2>&1\n@_") == 0 or die "failed: @_\n" . read_file('../log');
}

sub make_template {
    mkdir 'template';
    write_file('.gitconfig', "[user]\n\tname = n\n\temail = e\@e\n[init]\n\tdefaultBranch = main\n[maintenance]\n\tauto = false\n");
    chdir 'template';
    sh('git init -q .; mkdir -p d .git/info .git/hooks; echo a >a; echo b >d/b; git add .; git commit -qm one; touch -d "1 hour ago" a d/b; git status -s');
    chdir '..';
}

sub forget { system('chmod', '-R', 'u+rwx', 'run') if -e 'run'; system('rm', '-rf', 'run', glob('inc h ign w e')) }

# The shapes as repositories in run/, whose indexes know the files: [{name, title}].
sub build {
    my @wanted = @_;
    my @fleet;
    forget();
    mkdir 'run';
    for my $shape (@wanted) {
        my ($title, $commands) = $shape =~ /^# ([^\n]*)\n(.*)/s;
        my $name = sprintf 'r%04d', @fleet + 1;
        push @fleet, {name => $name, id_size => 20, steps => [$title]};
        system('cp', '-a', 'template', "run/$name") == 0 or die;
        chdir "run/$name";
        sh("git update-index -q --refresh; name=$name\n$commands");
        chdir '../..';
    }
    write_file('run/.mrconfig', join '', map { "[$_->{name}]\n" } @fleet);
    return @fleet;
}

# What both ways say and leave; a batch as FleetComparison.pm has it.
sub both {
    my ($number, $environment, $prepare, @wanted) = @_;
    my (%said, %beside, %left, $batch);
    for my $way ('native', 'git') {
        my @fleet = build(@wanted);
        $batch //= {number => $number, mode => 'pipe', fleet => \@fleet, differences => [], ways => {}, reasons => {}};
        system('sh', '-ec', $prepare) == 0 or die "failed: $prepare\n";
        my $env = fleet_environment($home, {%$environment});
        $env->{PATH} =~ s{^(?=[we](?::|$))}{$home/};
        my ($status, $said, $beside) = fleet_run('run', $env, 'pipe', '-v', $way eq 'git' ? '--no-native' : (), 'status');
        ($said{$way}, $beside{$way}, $left{$way}) = ($said, "$beside$status", fleet_picture('run', @fleet));
    }
    count_ways($batch, $said{native});
    compare($batch, 'status', $said{git}, $said{native});
    for my $pictures (values %left) {
        s/ (\d{5,6} \d+) \d{10}\b/ $1/mg for values %$pictures; # they were made one after the other
    }
    compare($batch, 'files', $left{git}, $left{native});
    compare_beside($batch, 'beside', $beside{git}, $beside{native});
    return $batch;
}

# Where no file may grow the index cannot be written, and git says so.
sub limited_files {
    for my $before ('', 'trap "" XFSZ; ') {
        my @said;
        for my $way ('', '--no-native') {
            build("# full\ntouch -d yesterday a; touch new\n");
            chdir 'run';
            push @said, scalar `(ulimit -f 0; ${before}exec @{[mr_path()]} $way -t status) 2>&1 | sed 's/ (core dumped)//'`;
            push @said, join ' ', glob 'r0001/.git/*.lock';
            chdir '..';
        }
        is($said[0], $said[2], "files must not grow: ${before}what is said");
        is($said[1], $said[3], '... and left');
        like($said[0], qr/mr status:.*finished/s, '... and mr goes on');
    }
}

# As an ordinary user: this test again, by somebody who owns nothing, if the program is to be reached.
sub again_as_user {
    my $user = getpwnam('nobody') or return;
    my $pid = fork // die;
    if (!$pid) {
        my $dir = "$home/nobody";
        mkdir $dir;
        chmod 0711, $home;
        chown $user, -1, $dir;
        open STDOUT, '>', "$home/nobody.out" or die;
        open STDERR, '>&', \*STDOUT or die;
        $) = "$user $user";
        $( = $user;
        ($<, $>) = ($user, $user);
        POSIX::_exit(99) if !-x mr_path() || !-r $script;
        $ENV{TMPDIR} = $dir;
        exec $^X, $script or POSIX::_exit(98);
    }
    my $status = wait_exit($pid, 200);
    SKIP: {
        skip 'the program is not to be reached', 1 if ($status // 0) >> 8 == 99;
        ok(defined $status && !$status, 'as an ordinary user') or diag(read_file("$home/nobody.out"));
    }
}

$home = sandbox();
make_template();
my @batches = both(0, {}, '', @shapes);
my $number = 0;
for (@environments) {
    my ($title, $environment, $prepare) = @$_;
    push @batches, both(++$number, $environment, $prepare, "# $title\ntouch new\n");
}
forget();
my ($differences, %ways) = report_comparison(@batches);
ok(!$differences, 'odd shapes have git\'s answers') or diag("$differences differences");
my ($plain) = $batches[0]{ways}{native};
cmp_ok($plain, '>', 5, 'some of them natively');
limited_files();
again_as_user() if !$>;
done_testing();
