#!/usr/bin/perl
# The task group as the user sees it: order and wholeness of output, who waits for whom, what a bad child can and cannot do.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my $naughty = tool('naughty');


sub blocks { return join "\n", map { "mr go: $ENV{HOME}/r$_->[0]\n$_->[1]" } @_ }

sub fifos { system('mkfifo', @_) == 0 or die "mkfifo" }

{
    my $home = sandbox();
    fifos('f1', 'f2');
    # The first can only end after the second, and the second after the third.
    configure('go', "$naughty out one await $home/f1", "$naughty out two await $home/f2 tell $home/f1", "$naughty out three tell $home/f2");
    my ($code, $out, $err) = run_mr('-j3', 'go');
    is($code, 0, 'three jobs at a time');
    is($out, blocks([1, "one\n"], [2, "two\n"], [3, "three\n"]) . "\nmr go: finished (3 ok)\n", 'output stands in registry order');
}

{
    my $home = sandbox();
    configure('go', map { "$naughty part a$_ err b$_ out c$_ exit 0" } 1 .. 4);
    my ($code, $out, $err) = run_mr('-j4', 'go');
    is($err, "b1\nb2\nb3\nb4\n", 'standard error is kept apart');
    is($out, blocks(map { [$_, "a${_}c$_\n"] } 1 .. 4) . "\nmr go: finished (4 ok)\n", 'and standard output is whole');
}

{
    my $home = sandbox();
    configure('go', map { "$naughty out a$_ err b$_ out c$_ err d$_" } 1 .. 3);
    my $expect = blocks(map { [$_, "a$_\nb$_\nc$_\nd$_\n"] } 1 .. 3) . "\nmr go: finished (3 ok)\n";
    my $mr = mr_path();
    is(`$mr -j3 go 2>&1 | cat`, $expect, 'one pipe for both keeps their order');
    is(`$mr -j1 go 2>&1 | cat`, $expect, 'one at a time says the same');
}

{
    my $home = sandbox();
    configure('go', "$naughty holder $home/pids out held", "$naughty close stop", "$naughty out after");
    write_file('.mrconfig', read_file('.mrconfig') =~ s/close stop/close exit 0/r);
    my ($code, $out) = run_mr('-j3', 'go');
    is($code, 0, 'a grandchild that keeps the pipe does not hold the run up');
    like($out, qr/held.*after/s, 'nor its output');
    is(join(' ', grep { is_alive($_) } split /\n/, read_file('pids') // ''), '', 'and it is gone with the run');
}

{
    my $home = sandbox();
    fifos('f1');
    # The second closes its output long before it ends; the first waits for its end, the third for nobody.
    configure('go', "$naughty await $home/f1 out one", "$naughty out two close tell $home/f1", "$naughty out three");
    my ($code, $out) = run_mr('-j2', 'go');
    is($out, blocks([1, "one\n"], [2, "two\n"], [3, "three\n"]) . "\nmr go: finished (3 ok)\n", 'closing the output is not the end of a job');
}

{
    my $home = sandbox();
    configure('go', map { "$naughty bytes 20000000" } 1 .. 3);
    my $mr = mr_path();
    my $sum = `$mr -j3 go | cksum`;
    my $one = `$mr -j1 go | cksum`;
    is($sum, $one, '60 MB through captured jobs are the same bytes as one at a time');
}

{
    my $home = sandbox();
    mkdir "r$_" for 1 .. 4;
    write_file('.mrconfig', "[r1]\norder = 20\ngo = cat $home/mark\n[r2]\norder = 5\ngo = $naughty out first; echo made > $home/mark\n"
          . "[r3]\norder = 5\ngo = echo early\n[r4]\norder = 30\ngo = rm $home/mark\n");
    my ($code, $out) = run_mr('-j', 'go');
    is($code, 0, 'a change of order is a barrier');
    like($out, qr/r2\nfirst\n.*r3\nearly\n.*r1\nmade\n.*r4\n/s, 'and output follows the order');
}

{
    my $home = sandbox();
    system("git init -q --bare up && git clone -q up w 2>/dev/null && cd w && git -c user.name=a -c user.email=b commit -q --allow-empty -m x && git push -q origin HEAD") == 0 or die;
    write_file('.mrconfig', "[p]\ncheckout = git clone -q $home/up p\n[p/in/side]\ncheckout = test -d $home/p/.git && git clone -q $home/up side\n");
    my ($code, $out, $err) = run_mr('-j8', 'checkout');
    is("$code$err", '0', 'a nested checkout waits for the one around it');
}

{
    my $home = sandbox();
    configure('go', "$naughty out one stop", "$naughty out two");
    my ($code, $out, $err) = run_mr('-j2', '--timeout', '1', 'go');
    is($code, 1, 'a command that takes longer than --timeout has failed');
    like($err, qr/r1|--timeout/, 'it says so');
    like($out, qr/one\n.*two\n/s, 'the others are done');
}

{
    my $home = sandbox();
    configure('go', "kill -9 \$\$", "$naughty out two");
    my ($code, $out, $err) = run_mr('-j1', 'go');
    is($code, 1, 'a command that is killed ends the run with status 1');
    is($err, "mr go: received signal 9\n", 'and says which signal');
    unlike($out, qr/two/, 'the rest is not begun');
}

{
    my $home = sandbox();
    configure('go', map { "$naughty bytes 300000" } 1 .. 5);
    my $mr = mr_path();
    my $first = `bash -c 'set -o pipefail; "$mr" -j2 go | head -n 1; exit \${PIPESTATUS[0]}'`;
    is($? >> 8, 141, 'a reader that goes away ends the run by SIGPIPE');
    is($first, "mr go: $home/r1\n", 'after what it wanted');
    SKIP: {
        skip 'no /dev/full', 1 if !-e '/dev/full';
        my $status = system("'$mr' go > /dev/full 2> full.err") >> 8;
        is($status . (read_file('full.err') =~ /No space left/ ? ' said' : ' silent'), '2 said', 'a full disk is an error');
    }
}

{
    my $home = sandbox();
    mkdir "r$_" for 1 .. 300;
    write_file('.mrconfig', join '', map { "[r$_]\ngo = echo x\n" } 1 .. 300);
    my $mr = mr_path();
    my $out = `ulimit -n 64; '$mr' -j go`;
    is($? >> 8, 0, 'as many jobs as there are, with few descriptors');
    like($out, qr/finished \(300 ok\)/, 'and all are done');
}

{
    my $home = sandbox();
    # Both later jobs say more than is kept for them; the first one wants what they hold: a slot, or the store of its repository.
    configure('update', "$naughty out one; $naughty out two", ("$naughty bytes 12000000") x 3);
    my $mr = mr_path();
    my $reader = q{perl -e 'sleep 1; my $n = 0; while (my $got = sysread STDIN, my $bytes, 65536) { $n += $got } print $n'};
    cmp_ok(`timeout 60 '$mr' -j2 update | $reader`, '>', 36000000, 'jobs that wait for a slow reader hold nobody up');
    system("git init -q m && cd m && git -c user.name=a -c user.email=b commit -q --allow-empty -m x && mkdir ../p && git worktree add -q ../p/w") == 0 or die;
    fifos('f2');
    write_file('.mrconfig', "[p]\nupdate = $naughty await $home/f2\n[p/w]\nupdate = $naughty out inner\n[z]\nupdate = $naughty bytes 4000000 tell $home/f2 bytes 12000000\n");
    rename 'm', 'z';
    system('git -C p/w worktree repair >/dev/null 2>&1; git -C z worktree repair >/dev/null 2>&1');
    cmp_ok(`timeout 60 '$mr' -j3 update | $reader`, '>', 12000000, 'nor do those that hold what work trees share');
}

{
    my $home = sandbox();
    fifos('f1');
    # A tee that hears the end only after the child is gone.
    configure('go', "mkfifo t; cat t & exec 3>t; echo heard >&3; exec 3>&-");
    my ($code, $out) = run_mr('-j2', 'go');
    like($out, qr/^heard$/m, 'the last words of what a command wrote to are heard');
}

{
    my $home = sandbox();
    mkdir 'r';
    write_file('.mrconfig', "[p]\ncheckout = mkdir p; cp $home/broken p/.mrconfig\nchain = true\n");
    write_file('broken', "[k]\ncheckout = mkdir k; echo ran\nbroken line\n");
    my ($code, $out, $err) = run_mr('-t', '-j2', 'checkout');
    is($code, 1, 'a repository that brings a broken .mrconfig has failed');
    like($err, qr{p/\.mrconfig line 3}, 'the place is named');
    unlike($out, qr/ran/, 'and nothing of the file is done');
}

{
    my $home = sandbox();
    fifos('f1');
    mkdir "r$_" for 1 .. 3;
    # A slow captured job, one that wants the terminal and is skipped at once, one that has ended before both.
    system("git init -q --bare up") == 0 or die;
    write_file('.mrconfig', "[r0]\ncheckout = git clone $home/up r0\n[r1]\ncheckout = echo mine\nskip = lazy\n[r3]\ncheckout = true\n");
    rmdir 'r1';
    my ($code, $out) = run_mr('checkout');
    is($code, 0, 'a job that is skipped after all others have ended');
    like($out, qr/finished \(1 ok; 2 skipped\)/, 'is counted');
}

done_testing();
