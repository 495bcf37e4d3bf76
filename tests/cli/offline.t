#!/usr/bin/perl
# ~/.mrlog under several runs at once and under signals: nothing is lost, nothing is run twice.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my $naughty = tool('naughty');

# A sandbox in which the log's lines find our mr.
sub offline_sandbox {
    my $home = sandbox();
    mkdir 'bin';
    symlink mr_path(), 'bin/mr';
    $ENV{PATH} = "$home/bin:$ENV{PATH}";
    return $home;
}

sub lines { return split /\n/, read_file($_[0]) // '' }

sub statuses { return join ' ', map { wait_exit($_) // 'hung' } @_ }

subtest 'many remember at once' => sub {
    my $home = offline_sandbox();
    configure('say', 'echo');
    my @writers = map { start_mr("w$_", 'remember', 'say', $_) } 1 .. 20;
    is(statuses(@writers), join(' ', (0) x 20), 'all succeed');
    is(join("\n", sort(lines('.mrlog'))), join("\n", sort map { "mr -d '$home/r1'  'say' '$_'" } 1 .. 20), 'all are in the log');
    is(join(' ', grep { !/^\.mrlog$/ } glob('.mrlog*')), '', 'nothing else is left');
};

subtest 'many failures of one run, in two runs' => sub {
    my $home = offline_sandbox();
    configure('bad', ('exit 1') x 30);
    run_mr('offline');
    is(statuses(map { start_mr("run$_", '-j', 'bad') } 1, 2), '256 256', 'both fail');
    is(join("\n", sort(lines('.mrlog'))), join("\n", sort map { "mr -d '$home/r$_' -j  '-n' 'bad'" } 1 .. 30),
        'each command waits once');
    unlink '.mrlog';
    run_mr('offline');
    run_mr('-j', 'bad');
    is(join("\n", lines('.mrlog')), join("\n", sort map { "mr -d '$home/r$_' -j  '-n' 'bad'" } 1 .. 30),
        'in the order of the repositories');
};

subtest 'online beside others and beside runs that remember' => sub {
    my $home = offline_sandbox();
    configure('mark', 'echo "$1" >>$HOME/out');
    write_file('.mrlog', join '', map { "mr -q -d '$home/r1' mark $_\n" } 1 .. 10);
    my @runs = map { (start_mr("on$_", 'online'), start_mr("re$_", 'remember', 'mark', 10 + $_)) } 1 .. 5;
    is(statuses(@runs), join(' ', (0) x 10), 'all succeed');
    run_mr('online');
    is(join(' ', sort { $a <=> $b } lines('out')), join(' ', 1 .. 15), 'each command was run once');
    is(join(' ', glob('.mrlog*')), '', 'nothing is left in the log, nor of it');
};

# A replay whose second command waits for ever; its pid and that of the process that runs it are in the file pids.
sub waiting_replay {
    offline_sandbox();
    configure('say', 'echo');
    write_file('.mrlog', "# first\necho one >>out\n# second\n$naughty pid pids stop\necho three >>out\n");
    write_file('.mrlog', read_file('.mrlog') =~ s/>>out/>>\$HOME\/out/gr =~ s/pid pids/pid \$HOME\/pids/r);
    my $pid = start_mr('run', 'online');
    ok(wait_until(sub { lines('pids') }), 'the second command is under way');
    return $pid;
}

for ([INT => 2], [TERM => 15], [HUP => 1], [KILL => 9]) {
    my ($signal, $number) = @$_;
    subtest "SIG$signal in the middle of a replay" => sub {
        my $pid = waiting_replay();
        my $text = read_file('.mrlog');
        kill $signal, $pid;
        is((wait_exit($pid) // 0) & 127, $number, 'ends by that signal');
        # What nobody could tell to end.
        my ($child) = lines('pids');
        kill 'KILL', -getpgrp($child) if is_alive($child);
        ok(wait_until(sub { !is_alive($child) }), 'the command has ended');
        like($text, qr/\A# second\n\S+ pid \S+ stop\necho three\N*\n\z/, 'what has succeeded is out of the log at once');
        is(read_file('.mrlog'), $text, 'the rest is as it was');
        write_file('.mrlog', $text =~ s/^\S+ pid.*/echo two >>\$HOME\/out/mr);
        is((run_mr('online'))[0], 0, 'going on');
        is(join(' ', lines('out')), 'one two three', 'runs what was left');
        is(join(' ', glob('.mrlog*')), '', 'and removes the log');
    };
}

subtest 'killed at any moment' => sub {
    my ($lost, $twice) = (0, 0);
    for my $kill_after (1 .. 8) {
        offline_sandbox();
        configure('say', 'echo');
        write_file('.mrlog', "echo \$PPID >>\$HOME/pids\n" . join '', map { "echo $_ >>\$HOME/out\n" } 1 .. 50);
        my $pid = start_mr('run', 'online');
        wait_until(sub { lines('out') >= $kill_after });
        my ($replay) = lines('pids');
        kill 'KILL', -getpgrp($replay), $pid;
        wait_exit($pid);
        wait_until(sub { !is_alive($replay) });
        my %waits = map { $_ => 1 } (read_file('.mrlog') // '') =~ /^echo (\d+)/mg;
        my %done = map { $_ => 1 } lines('out');
        $lost += grep { !$waits{$_} && !$done{$_} } 1 .. 50;
        my $both = grep { $waits{$_} && $done{$_} } 1 .. 50;
        $twice += $both > 1;
    }
    is($lost, 0, 'nothing is lost');
    is($twice, 0, 'at most the command under way would be run again');
};

done_testing();
