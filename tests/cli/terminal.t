#!/usr/bin/perl
# mr on a terminal: who has it, what captured jobs see of it, and what happens when one of them asks.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my ($naughty, $pty, $mr) = (tool('naughty'), tool('pty'), mr_path());

sub on_terminal {
    my @words = @_;
    open my $pipe, '-|', 'timeout', '--foreground', '60', $pty, @words or die "pty: $!";
    local $/;
    my $out = <$pipe>;
    close $pipe;
    return ($? >> 8, $out // '');
}

{
    sandbox();
    configure('go', ("$naughty tty") x 2);
    my ($code, $out) = on_terminal($mr, 'go');
    is(() = $out =~ /in 1 out 1 err 1 width 80/g, 2, 'what the user defined has the terminal');
    ($code, $out) = on_terminal($mr, '-j2', 'go');
    is(() = $out =~ /in 0 out 1 err 1 width 80/g, 2, 'a captured job has a pseudo-terminal of its width, and no input');
    unlike($out, qr/\r/, 'which changes no byte');
    ($code, $out) = on_terminal('sh', '-c', "'$mr' -j2 go 2>err; cat err");
    is(() = $out =~ /in 0 out 1 err 0 width 80/g, 2, 'only where mr itself has one');
    ($code, $out) = on_terminal('sh', '-c', "'$mr' -j2 go | cat");
    is(() = $out =~ /in 0 out 0 err 1/g, 2, 'stream by stream');
}

{
    sandbox();
    configure('go', "$naughty ask", "$naughty ask", "$naughty out quiet");
    my ($code, $out) = on_terminal('-e', 'secret? ', '-s', 'one\n', '-e', 'secret? ', '-s', 'two\n', $mr, '-j3', 'go');
    is($code, 0, 'captured jobs that ask for the terminal get it');
    my @answers = sort $out =~ /answer (\w+)/g;
    is("@answers", 'one two', 'one after the other');
    ($code, $out) = on_terminal('-e', 'secret? ', '-s', 'one\n', '-e', 'secret? ', '-s', 'two\n', $mr, 'go');
    is(join(' ', $out =~ /answer (\w+)/g), 'one two', 'and in order when one runs at a time');
    configure('go', "$naughty ask-flushed", "$naughty out quiet");
    ($code, $out) = on_terminal('-e', 'secret? ', '-s', 'three\n', $mr, '-j2', 'go');
    is(join(' ', $out =~ /answer (\w+)/g), 'three', 'also when it is stopped before it asks');
}

for my $jobs ('-j1', '-j4') {
    my $home = sandbox();
    configure('go', ("$naughty pid $home/pids ask stop") x 2);
    my ($code, $out) = on_terminal('-e', 'secret? ', '-s', '^C', $mr, $jobs, 'go');
    is($code, 130, "Ctrl-C at a question ends the run ($jobs)");
    like($out, qr/mr: interrupted/, 'and says so');
    is(join(' ', grep { is_alive($_) } split /\n/, read_file('pids') // ''), '', 'and leaves nothing');
}

{
    my $home = sandbox();
    configure('go', ("$naughty pid $home/pids out ready stop") x 3);
    my ($code, $out) = on_terminal('-e', 'ready', '-s', '^C', $mr, '-j4', 'go');
    is($code, 130, 'Ctrl-C ends captured jobs');
    is(join(' ', grep { is_alive($_) } split /\n/, read_file('pids') // ''), '', 'all of them');
}

{
    my $home = sandbox();
    system('git init -q r1 && cd r1 && echo a > a && git add a') == 0 or die;
    write_file('.mrconfig', "[r1]\n");
    my $alone = `cd r1 && '$pty' git status -s`;
    for my $options ([], ['-j1'], ['-j4'], ['--no-native']) {
        my ($code, $out) = on_terminal($mr, @$options, 'status');
        like($out, qr/\Q$alone\E/, "status has git's colours (@$options)");
    }
    my ($code, $out) = on_terminal($mr, '-j4', 'log');
    is($code, 1, 'a pager is not started for captured output');
}

{
    my $home = sandbox();
    configure('go', 'false', 'exit 3', 'echo fine');
    local $ENV{PS1} = 'subshell> ';
    my ($code, $out) = on_terminal('-e', 'Exit shell', '-s', 'pwd; exit\n', '-e', 'Exit shell', '-s', 'pwd; exit\n', $mr, '-i', 'go');
    is($code, 1, '-i: the run goes on');
    like($out, qr/r1.*Starting interactive shell.*\Q$home\E\/r1.*r2.*Starting.*\Q$home\E\/r2.*fine/s, 'a shell in each repository that failed');
}

# Job control, as an interactive shell does it: a run in the background that needs the terminal stops until it is brought back.
for my $jobs ('-j1', '-j2') {
    my $home = sandbox();
    configure('go', "$naughty ask-flushed", "$naughty out fine");
    local $ENV{PS1} = 'prompt> ';
    my ($code, $out) = on_terminal('-e', 'prompt>', '-s', "set -b; $mr $jobs go &\\n", '-e', 'Stopped', '-s', 'fg\n', '-e', 'secret? ', '-s', 'yes\n',
        '-e', 'finished', '-s', 'exit\n', 'bash', '--norc', '--noprofile', '-i');
    like($out, qr/Stopped.*answer yes.*fine.*finished \(2 ok\)/s, "in the background: it stops, and goes on in the foreground ($jobs)");
    configure('go', "$naughty out ready await $home/f", "$naughty out fine");
    system('mkfifo', 'f') == 0 or die;
    ($code, $out) = on_terminal('-e', 'prompt>', '-s', "$mr $jobs go\\n", '-e', 'ready', '-s', '^Z', '-e', 'Stopped', '-s', "(:>f) & fg %1\\n",
        '-e', 'finished', '-s', 'exit\n', 'bash', '--norc', '--noprofile', '-i');
    like($out, qr/ready.*Stopped.*fine.*finished \(2 ok\)/s, "Ctrl-Z stops the run, fg goes on with it ($jobs)");
}

done_testing();
