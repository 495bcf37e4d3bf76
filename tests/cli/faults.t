#!/usr/bin/perl
# The faults of myrepos that mr leaves behind, in the order of README's list. Each block fails with MR=/usr/bin/mr.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Cwd qw(abs_path);
use MrTest;
use Test::More;

my $mr = mr_path();
my $naughty = tool('naughty');

sub fifos { system('mkfifo', @_) == 0 or die "mkfifo" }

subtest '1. -j on the command line wins over jobs = in a file' => sub {
    my $home = sandbox();
    mkdir "r$_" for 1, 2;
    fifos('f1');
    # Only two at a time can end: the first waits for the second.
    write_file('.mrconfig', "jobs = 1\n[r1]\ngo = $naughty await $home/f1\n[r2]\ngo = $naughty tell $home/f1\n");
    my $status = wait_exit(start_mr('run', '-j2', 'go'), 10);
    is($status, 0, 'two jobs run although the file says one');
};

subtest '2. mr config SECTION key= removes the key' => sub {
    sandbox();
    write_file('.mrconfig', "[a]\ncheckout = true\nskip = x\n  y\norder = 3\n");
    is((run_mr('config', 'a', 'skip='))[0], 0, 'status');
    is(read_file('.mrconfig'), "[a]\ncheckout = true\norder = 3\n", 'it is gone, with its continuation');
};

subtest '3. config and register change only what they must' => sub {
    my $home = sandbox();
    my $text = "# mine\n\n[a]\ncheckout=true\n\tsecond line\n  third\nempty =\n\n# tail\n[b]\nx\t=  1  \nlast = no newline";
    write_file('real', $text);
    chmod 0640, 'real';
    symlink 'real', '.mrconfig';
    is((run_mr('config', 'b', 'x=2'))[0], 0, 'status');
    is(read_file('real'), $text =~ s/x\t=  1  /x = 2/r, 'every other byte stays');
    ok(-l '.mrconfig', 'a link stays a link');
    is((stat 'real')[2] & 07777, 0640, 'the mode stays');
    my @writers = map { start_mr("w$_", 'config', "s$_", "checkout=c$_") } 1 .. 20;
    is(join(' ', map { wait_exit($_) } @writers), join(' ', (0) x 20), 'twenty at once');
    my $now = read_file('real');
    is(scalar(grep { $now =~ /^\[s$_\]\ncheckout = c$_$/m } 1 .. 20), 20, 'lose nothing');
    is(join(' ', glob('.mrconfig.* real.*')), '', 'and leave nothing');
};

subtest '4. mr config sets values of several lines' => sub {
    sandbox();
    write_file('.mrconfig', "[a]\ngo = x\n");
    is((run_mr('config', 'a', "go=if true; then\n\techo yes\nfi"))[0], 0, 'status');
    is(read_file('.mrconfig'), "[a]\ngo = if true; then\n\t\techo yes\n\tfi\n", 'readable');
    is((run_mr('config', 'a', 'go'))[1], "if true; then\n\techo yes\nfi\n", 'and the same when read again');
};

subtest '5. exit statuses' => sub {
    my $home = sandbox();
    mkdir 'a';
    write_file('.mrconfig', "[a]\nfine = echo\nbad = exit 7\ndead = kill -9 \$\$\n");
    is((run_mr('fine'))[0], 0, '0 when all is well');
    is((run_mr('bad'))[0], 1, '1 when a repository failed');
    is((run_mr('dead'))[0], 1, '1 when its command was killed');
    is((run_mr('unheard-of'))[0], 2, '2 for usage');
    write_file('broken', "x\n");
    is((run_mr('-t', '-c', 'broken', 'fine'))[0], 2, '2 for a broken configuration');
};

subtest '6. order is a barrier, output stands in registry order, nested repositories wait' => sub {
    my $home = sandbox();
    mkdir "r$_" for 1 .. 3;
    fifos('f1');
    write_file('.mrconfig', "[r1]\ngo = $naughty await $home/f1 out first\n[r2]\ngo = $naughty tell $home/f1 out second\n"
          . "[r3]\norder = 5\ngo = echo zero; touch $home/mark\n");
    my ($code, $out) = run_mr('-j3', 'go');
    like($out, qr/zero.*first.*second/s, 'registry order');
    write_file('.mrconfig', "[out]\ncheckout = $naughty await $home/f1; git init -q out\n[out/in]\ncheckout = test -d $home/out/.git && git init -q in\n"
          . "[z]\ncheckout = $naughty tell $home/f1; git init -q z\n");
    is((run_mr('-j3', 'checkout'))[0], 0, 'the inner one waits for the outer one');
};

subtest '7. CRLF files' => sub {
    my $home = sandbox();
    mkdir 'a';
    write_file('.mrconfig', "[a]\r\ngo = echo one\r\n\techo two\r\n");
    my ($code, $out) = run_mr('go');
    is($out, "mr go: $home/a\none\ntwo\n\nmr go: finished (1 ok)\n", 'are read');
    run_mr('config', 'a', 'x=1');
    is(read_file('.mrconfig'), "[a]\r\ngo = echo one\r\n\techo two\r\nx = 1\r\n", 'and written');
};

subtest '8. symbolic links' => sub {
    my $home = sandbox();
    mkdir $_ for 'real', 'elsewhere', 'elsewhere/repo';
    symlink '../elsewhere/repo', 'real/link';
    symlink 'elsewhere', 'way';
    write_file('.mrconfig', "[real/link]\ngo = pwd\n[way/repo]\ngo = pwd\n");
    my ($code, $out) = run_mr('-d', 'real', 'go');
    like($out, qr{^\Q$home\E/elsewhere/repo$}m, 'a repository that is a link');
    ($code, $out) = run_mr('-d', 'way', 'go');
    is($code, 0, 'one that is reached through a link');
    write_file('.mrconfig', "[real/link]\ngo = echo here\n");
    chdir 'elsewhere/repo';
    ($code, $out) = run_mr('go');
    like($out, qr/^here$/m, 'inside one that is linked from elsewhere');
};

subtest '9. directories that are not acted on are not touched' => sub {
    plan skip_all => 'no strace here' if system('strace -o /dev/null true 2>/dev/null');
    # A leak checker cannot work under strace.
    local $ENV{ASAN_OPTIONS} = join ':', $ENV{ASAN_OPTIONS} // (), 'detect_leaks=0';
    my $home = sandbox();
    mkdir $_ for 'a', 'dead', 'dead/mount';
    write_file('.mrconfig', "[a]\ngo = echo\n[dead/mount]\ngo = echo\n");
    is(system("strace -f -e trace=file -o trace '$mr' -d a go >/dev/null"), 0, 'go');
    unlike(read_file('trace'), qr/dead/, 'no system call names them');
    is(system("strace -f -e trace=file -o trace '$mr' -d a list >/dev/null"), 0, 'list');
    unlike(read_file('trace'), qr/dead/, 'whatever the action');
};

subtest '10. hours_since needs no perl' => sub {
    my $home = sandbox();
    mkdir $_ for 'a', 'a/.git', 'bin';
    for my $program (qw(sh find touch true echo cat test expr)) {
        chomp(my $path = `sh -c 'command -v $program'`);
        symlink $path, "bin/$program" if $path =~ m{^/};
    }
    write_file('.mrconfig', "[a]\nskip = [ \"\$1\" = go ] && ! hours_since \"\$1\" 12\ngo = echo done\n");
    local $ENV{PATH} = "$home/bin";
    my ($code, $out, $err) = run_mr('go');
    like($out, qr/^done$/m, 'the first time it runs');
    ($code, $out, $err) = run_mr('go');
    like("$out$err", qr/^\s*mr go: finished \(1 skipped\)$/m, 'the second time it is skipped');
    utime time - 13 * 3600, time - 13 * 3600, 'a/.git/.mr_lastgo';
    ($code, $out, $err) = run_mr('go');
    like($out, qr/^done$/m, 'and after thirteen hours it runs again');
};

subtest '11. a .mrconfig that a checkout brings is read in the same run' => sub {
    my $home = sandbox();
    mkdir 'src';
    system("git init -q up && cd up && printf '[inner]\\ncheckout = git clone $home/inner.git inner\\n' > .mrconfig && git add . && "
          . "git -c user.name=a -c user.email=b commit -q -m x && git init -q --bare ../inner.git") == 0 or die;
    write_file('.mrconfig', "[outer]\ncheckout = git clone -q $home/up outer\nchain = true\n");
    my ($code, $out, $err) = run_mr('checkout');
    is($code, 0, 'status');
    ok(-d 'outer/inner/.git', 'what it lists is checked out, too');
    like($out, qr/finished \(2 ok\)/, 'and counted');
};

subtest '12. mr config answers for the file that it would edit' => sub {
    my $home = sandbox();
    mkdir 'aaa';
    write_file('.mrconfig', "[aaa]\nchain = true\n[x]\ngo = mine\n");
    write_file('aaa/.mrconfig', "[x]\ngo = theirs\n");
    write_file('.mrtrust', "~/aaa/.mrconfig\n");
    is((run_mr('config', 'x', 'go'))[1], "mine\n", 'its own section, not that of another file');
};

subtest '13. $XDG_CONFIG_HOME/mr/config' => sub {
    my $home = sandbox();
    mkdir $_ for 'xdg', 'xdg/mr', 'a';
    write_file('xdg/mr/config', "[a]\ngo = echo here\n");
    local $ENV{XDG_CONFIG_HOME} = "$home/xdg";
    like((run_mr('go'))[1], qr{^mr go: \Q$home\E/a\nhere$}m, 'is read when there is no ~/.mrconfig');
    write_file('.mrconfig', "[a]\ngo = echo there\n");
    like((run_mr('go'))[1], qr/^there$/m, 'which has precedence');
};

done_testing();
