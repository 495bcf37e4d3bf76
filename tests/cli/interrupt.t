#!/usr/bin/perl
# Signals in the middle of a run over the worst children there are: mr ends by that signal within the grace, and nothing is left.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;
use Time::HiRes qw(time);

my $rounds = $ENV{MR_INTERRUPT_ROUNDS} // 2;
my $grace = 2;
my $naughty = tool('naughty');

# Eight repositories: half of them flood, half of them sit; all are deaf and leave children behind, one in a session of its own.
sub set_up {
    my $home = sandbox();
    my $config = '';
    for my $n (1 .. 8) {
        mkdir "r$n" or die;
        my $last = $n % 2 ? 'flood' : 'stop';
        my $left = $n == 3 ? 'escaped' : 'holder';
        $config .= "[r$n]\nnasty = $naughty deaf $left $home/pids pid $home/pids $last\n";
    }
    write_file('.mrconfig', $config);
    return $home;
}

sub pids { return split /\n/, read_file('pids') // '' }

sub interrupted_run {
    my ($signal, $number, @options) = @_;
    set_up();
    my $pid = start_mr('run', @options, 'nasty');
    my $ready = wait_until(sub { pids() == 16 });
    my $from = time;
    kill $signal, $pid;
    my $status = wait_exit($pid, 30);
    my $took = time - $from;
    my @alive = grep { is_alive($_) } pids();
    kill 'KILL', @alive if @alive;
    ok($ready && defined $status && ($status & 127) == $number, "SIG$signal: ended by that signal")
      or diag("ready $ready, wait status " . ($status // 'none'));
    cmp_ok($took, '<', $grace + 3, "SIG$signal: within the grace");
    is("@alive", '', "SIG$signal: no process is left");
    is(join(' ', glob('tmp/*')), '', "SIG$signal: no temporary file is left");
}

for my $round (1 .. $rounds) {
    interrupted_run('INT', 2, '-j8');
    interrupted_run('TERM', 15, '-j8');
    interrupted_run('HUP', 1, '-j');
}

# A second Ctrl-C does not wait for the grace.
{
    set_up();
    my $pid = start_mr('run', '-j8', 'nasty');
    wait_until(sub { pids() == 16 });
    my $from = time;
    kill 'INT', $pid;
    wait_until(sub { (read_file("/proc/$pid/stat") // '') =~ /^\d/ && kill 'INT', $pid });
    my $status = wait_exit($pid, 30);
    is(($status // 0) & 127, 2, 'two interrupts: ended by the signal');
    is(join(' ', grep { is_alive($_) } pids()), '', 'two interrupts: no process is left');
}

# A run that was started with an ignored signal, as under nohup, goes on.
{
    my $home = sandbox();
    mkdir 'r';
    system('mkfifo', 'go', 'ready') == 0 or die;
    write_file('.mrconfig', "[r]\nnice = $naughty tell $home/ready await $home/go out done\n");
    local $SIG{HUP} = 'IGNORE';
    my $pid = start_mr('run', 'nice');
    open my $ready, '<', 'ready' or die;
    close $ready;
    kill 'HUP', $pid;
    open my $go, '>', 'go' or die;
    close $go;
    is(wait_exit($pid), 0, 'a hangup that was ignored from the start stays ignored');
    like(read_file('run.out'), qr/^done$/m, 'and the output is whole');
}

done_testing();
