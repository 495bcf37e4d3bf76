#!/usr/bin/perl
# The network service over ssh: what it learns, how often it connects, how it keeps to a server's limits, and that nothing of it is left
# behind, however it ends. tests/tool/ask asks it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use IO::Socket::INET;
use MrTest;
use Ports;
use RuntimeDir;
use Servers;
use Test::More;
use Time::HiRes qw(time);

my $dir = sandbox();
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
my $runtime = runtime_dir();

sub ask {
    my @words = @_;
    open my $in, '-|', tool('ask'), @words or die "ask: $!";
    my @lines = <$in>;
    close $in;
    my (%line, $of);
    for (@lines) {
        $of = $1 if s/^(\S+): //;
        $line{$of // ''} .= $_;
    }
    return map { s/\n\z//r } map { $line{$_} } grep { exists $line{$_} } @words;
}

sub is_answer {
    my ($got, $expected, $name) = @_;
    like($got // 'nothing', ref $expected ? $expected : qr/^\Q$expected\E/, $name);
}

Servers::make_repositories(40);
system(<<'END') == 0 or die;
set -e
git init -q --object-format=sha256 long
git -C long commit -q --allow-empty -m one
git clone -q --bare long root/long.git
END
cp_r('root/r1.git', "root/it's-!.git");

sub cp_r { system('cp', '-r', @_) == 0 or die }

for my $limit (1, 3, 10) {
    my $accepts = $limit == 10 ? "AcceptEnv GIT_PROTOCOL\n" : '';
    my $servers = Servers->start("$dir/servers$limit", "$dir/root", sshd => "MaxSessions $limit\n$accepts");
    my $from = $servers->seen;
    my @lines = ask(map { $servers->ssh("r$_.git") } 1 .. 40);
    my %seen = $servers->seen_since($from);
    is(scalar(grep { $_ eq 'refs 3' } @lines), 40, "forty repositories of a server that takes $limit sessions") or diag "@lines";
    is($seen{ssh}, 1, '... over one connection');
    is_clean("$limit sessions");
    next if $limit == 3;

    my $version = $accepts ? 2 : 0;
    my $expected = join '', map { "\n  $_" } `git ls-remote @{[$servers->ssh('r1.git')]}` =~ /^(\w+)\trefs\/heads\/main$/m
        ? ("$1 HEAD refs/heads/main -", "$1 refs/heads/main - -") : ();
    is_answer((ask('-v', $servers->ssh('r1.git')))[0], "refs 3$expected", "version $version: what git sees");
    is_answer((ask('-p', 'refs/tags/', $servers->ssh('r1.git')))[0], $accepts ? 'refs 1' : 'refs 3', "version $version: only what was asked for");
    is_answer((ask($servers->ssh("it's-!.git")))[0], 'refs 3', "version $version: a strange name");
    is_answer((ask($servers->ssh('none.git')))[0], 'unknown the repository was not found', "version $version: no repository");
    is_answer((ask($servers->ssh('empty.git')))[0], 'refs 0', "version $version: an empty repository");
    is_answer((ask($servers->ssh('long.git')))[0], 'unknown', "version $version: ids of another kind");
    is_answer((ask($servers->ssh('r1.git'), $servers->ssh('none.git'), $servers->ssh('r2.git')))[2], 'refs 3',
        "version $version: one that is missing does not disturb the others");
}

my $servers = Servers->start("$dir/servers", "$dir/root");
my $url = $servers->ssh('r1.git');

# What cannot be reached.
{
    $servers->add_host('nobody', HostName => '127.0.0.1', Port => closed_port());
    $servers->add_host('stranger', HostName => '127.0.0.1', Port => $servers->env('SSH_PORT'), HostKeyAlias => 'unknown');
    $servers->add_host('locked', HostName => '127.0.0.1', Port => $servers->env('SSH_PORT'), PubkeyAuthentication => 'no');
    $servers->add_host('talkative', HostName => '127.0.0.1', Port => $servers->env('SSH_PORT'), LogLevel => 'VERBOSE');
    $servers->add_host('nameless', HostName => 'no-such-host.invalid');
    my $from = time;
    my @lines = ask('-r', 1, map { "$_:x" } qw(nobody stranger locked nameless));
    is_answer($lines[0], 'failed the host is unreachable', 'nobody there');
    is_answer($lines[1], 'unknown the host key cannot be verified', 'a host key that nobody knows');
    is_answer($lines[2], 'unknown authentication failed', 'no key that fits');
    is_answer($lines[3], 'failed the host is unreachable', 'no such name');
    cmp_ok(time - $from, '<', 15, '... in time');

    is_answer((ask("talkative:$dir/root/r1.git"))[0], 'unknown : ssh says something', 'what ssh says is for git to show');

    # It takes the connection and says nothing.
    my $silent = IO::Socket::INET->new(Listen => 8, LocalAddr => '127.0.0.1');
    $servers->add_host('silent', HostName => '127.0.0.1', Port => $silent->sockport);
    $from = time;
    @lines = ask('-r', 1, '-t', 700, 'silent:x', 'silent:y', $url);
    is_answer($lines[0], 'unknown the host did not answer in time', 'a silent host');
    is_answer($lines[1], 'unknown the host did not answer in time', '... is silent for all');
    is_answer($lines[2], 'refs 3', '... and others do not suffer');
    cmp_ok(time - $from, '<', 15, '... in time');
    is_answer((ask('-s', 'false', $url))[0], 'unknown', 'another program');
    is_answer((ask('-s', 'plink', $url))[0], 'unknown', '... known by its name');
    is_answer((ask('-s', 'ssh -oBatchMode=yes', $url))[0], 'refs 3', 'a command with an option');
    is_answer((ask('--', '-oProxyCommand=touch:x'))[0], qr/^unknown .*the host's name is strange/, 'an option as a host');
    is_clean('failures');
}

# What ssh starts on its way there has no terminal to ask on, where there is one.
{
    write_file('jump', "#!/bin/sh\nif (: </dev/tty) 2>/dev/null; then echo yes; else echo no; fi >$dir/asked\nexit 1\n");
    chmod 0755, 'jump';
    $servers->add_host('behind', ProxyCommand => "$dir/jump");
    my @words = (tool('pty'), tool('ask'), 'behind:x');
    is(system("@words >/dev/null"), 0, 'on a terminal');
    is(read_file('asked'), "no\n", '... nobody asks there');
}

# git shares the connection with the service, for this host and no other.
{
    my $from = $servers->seen;
    pipe my $read, my $write or die $!;
    my $pid = fork // die $!;
    if (!$pid) {
        close $write;
        open STDIN, '<&', $read or die $!;
        open STDOUT, '>', "$dir/shared" or die $!;
        exec tool('ask'), '-v', '-w', $url or die $!;
    }
    close $read;
    ok(wait_until(sub { (read_file('shared') // '') =~ /^  share .*\n/m }), 'the answer says how to share the connection');
    my ($share) = read_file('shared') =~ /^  share (.*)/m;
    local $ENV{GIT_SSH} = $share =~ s/^GIT_SSH=//r;
    is(system("git clone -q $url cloned"), 0, 'git shares it');
    is(system('cd cloned && git fetch -q --tags'), 0, '... for what it does');
    my %seen = $servers->seen_since($from);
    is($seen{ssh}, 1, '... without a connection of its own');
    $servers->add_host('other', HostName => '127.0.0.1', Port => $servers->env('SSH_PORT'));
    is(system("git ls-remote -q other:$dir/root/r1.git >/dev/null"), 0, 'another name of the host');
    is({$servers->seen_since($from)}->{ssh}, 2, '... has a connection of its own');
    kill KILL => map { /(\d+)/ } grep { read_file("$_/cmdline") =~ /\0-N\0/ } connections();
    is(`git ls-remote -q $url 2>&1 >/dev/null`, '', 'without the connection git makes its own');
    is($?, 0, '... and succeeds');
    close $write;
    waitpid $pid, 0;
    is_clean('a shared connection');
}

# The user shares connections himself.
{
    my $from = $servers->seen;
    my $own = "$dir/own/%C";
    mkdir "$dir/own";
    $servers->add_host('mine', HostName => '127.0.0.1', Port => $servers->env('SSH_PORT'), ControlPath => $own, ControlMaster => 'auto');
    my @lines = ask('-v', "mine:$dir/root/r1.git");
    is_answer($lines[0], 'refs 3', 'the user shares connections, but none is there');
    unlike($lines[0], qr/share/, '... git goes the user\'s way');
    my $pid = fork // die $!;
    if (!$pid) {
        exec 'ssh', '-N', 'mine' or die $!;
    }
    ok(wait_until(sub { glob "$dir/own/*" }), 'a connection of the user\'s');
    $from = $servers->seen;
    is(scalar(grep { $_ eq 'refs 3' } ask(map { "mine:$dir/root/r$_.git" } 1 .. 10)), 10, '... is used');
    is({$servers->seen_since($from)}->{ssh}, 0, '... alone');
    ok(kill(0, $pid), '... and stays');
    kill TERM => $pid;
    waitpid $pid, 0;
    is_clean('the user\'s own');
}

# However it ends, nothing is left.
{
    is_answer((ask('-K', $url))[0], 'refs 3', 'the service is killed');
    is_clean('a service that was killed');
    pipe my $read, my $write or die $!;
    my $pid = fork // die $!;
    if (!$pid) {
        open STDOUT, '>', "$dir/killed" or die $!;
        open STDIN, '<&', $read or die $!;
        exec tool('ask'), '-w', $url or die $!;
    }
    ok(wait_until(sub { (read_file('killed') // '') =~ /refs 3/ }), 'whoever asked');
    cmp_ok(scalar(connections()), '>', 0, '... has a connection');
    kill KILL => $pid;
    waitpid $pid, 0;
    is_clean('... and is killed');
}

# A run over all of it, which finds nothing new; and one that is stopped while it waits for a host.
{
    my $silent = IO::Socket::INET->new(Listen => 8, LocalAddr => '127.0.0.1');
    $servers->add_host('mute', HostName => '127.0.0.1', Port => $silent->sockport);
    my %remote = ((map { ("work/r$_" => $servers->ssh("r$_.git")) } 1 .. 20), 'work/waits' => 'mute:x');
    mkdir 'work';
    write_file('.mrconfig', join '', map { "[$_]\ncheckout = false\n" } sort keys %remote);
    system('git', 'clone', '-q', $url, 'first') == 0 or die;
    for (sort keys %remote) {
        cp_r('first', $_);
        system('git', '-C', $_, 'config', 'remote.origin.url', $remote{$_}) == 0 or die;
    }
    my $from = $servers->seen;
    my ($status, $out) = run_mr('-v', '--timeout', 3, 'update');
    is(scalar(() = $out =~ /native: done without git/g), 20, 'a run: twenty repositories have nothing new');
    is({$servers->seen_since($from)}->{ssh}, 1, '... as one connection tells');
    is_clean('a run');
    for my $signal (qw(INT TERM KILL)) {
        my $pid = start_mr('stopped', 'update');
        ok(wait_until(sub { my @there = connections(); @there >= 2 }), "$signal: two connections are under way");
        kill $signal => $pid;
        my $from = time;
        ok(defined wait_exit($pid), '... the run ends');
        cmp_ok(time - $from, '<', 5, '... soon');
        is_clean($signal);
    }
}

done_testing();
