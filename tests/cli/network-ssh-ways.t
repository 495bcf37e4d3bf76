#!/usr/bin/perl
# The many ways by which people's ssh gets to a host, and what servers do there: natively and by git the same is said and done, what should
# be native is, and the rest is left to git, with nothing changed.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' }
use MrTest;
use Ports;
use Servers;
use Test::More;
use TwoWays;

my $home = sandbox();
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
my $runtime = "/tmp/mr-test-$$"; # a short one: the paths of sockets are
mkdir $runtime, 0700 or die "$runtime: $!";
$ENV{XDG_RUNTIME_DIR} = $runtime;
END { system 'rm', '-rf', $runtime if defined $runtime }
my $two = TwoWays->new($home);
my $path = "$home/root/good.git";

sub executable {
    my ($name, $text) = @_;
    write_file("$home/$name", "#!/bin/sh\n$text\n");
    chmod 0755, "$home/$name";
    return "$home/$name";
}

# One server, which behaves by the port on which it is called; and another one, strict about how many come at a time.
my %server = (
    banner => "Banner $home/banner",
    motd => 'ForceCommand echo a word of the day >&2; eval "$SSH_ORIGINAL_COMMAND"',
    noisy => 'ForceCommand echo noise; eval "$SSH_ORIGINAL_COMMAND"',
    forced => 'ForceCommand eval "$SSH_ORIGINAL_COMMAND"',
    closed => 'ForceCommand echo nobody works here >&2; exit 1',
    old => 'ForceCommand unset GIT_PROTOCOL; eval "$SSH_ORIGINAL_COMMAND"',
    map({ ("max$_" => "MaxSessions $_") } 1 .. 3),
);
my %port = map { $_ => free_port() } sort keys %server;
write_file('banner', "Trespassers are reported.\n");
my $strict = Servers->start("$home/strict", "$home/root", sshd => 'MaxStartups 1');
my $servers = Servers->start("$home/servers", "$home/root", sshd => join("\n", 'AcceptEnv GIT_PROTOCOL', map { "ListenAddress 127.0.0.1:$_" } values %port),
    match => join("\n", map { "Match LocalPort $port{$_}\n$server{$_}" } sort keys %server));
my @here = (HostName => '127.0.0.1', Port => $servers->env('SSH_PORT'));
$servers->add_host($_, HostName => '127.0.0.1', Port => $port{$_}) for keys %port;
$servers->add_host('strict', HostName => '127.0.0.1', Port => $strict->env('SSH_PORT'), IdentityFile => "$home/strict/user_key",
    UserKnownHostsFile => "$home/strict/known_hosts");
$servers->add_host('jumps', @here, ProxyJump => 'strict');
$servers->add_host('proxied', @here, ProxyCommand => 'ssh -W %h:%p strict');
$servers->add_host('*.alias', @here);
write_file('included', "Host included\nHostName 127.0.0.1\nPort $here[3]\n");
$servers->add_host('*', Include => "$home/included");
$servers->add_host("nothing\nMatch originalhost matched exec true", @here);
system("ssh-keygen -q -t ed25519 -N '' -f $home/key && echo fleet \$(cut -d' ' -f1,2 $home/key.pub) >$home/wrong") == 0 or die;
$servers->add_host('changed', @here, UserKnownHostsFile => "$home/wrong");
$servers->add_host('changed-no', @here, UserKnownHostsFile => "$home/wrong", StrictHostKeyChecking => 'no');
$servers->add_host("unknown-$_", @here, UserKnownHostsFile => "$home/known", StrictHostKeyChecking => $_) for qw(yes no ask accept-new);
$servers->add_host('denied', @here, PubkeyAuthentication => 'no');
$servers->add_host('local', @here, PermitLocalCommand => 'yes', LocalCommand => "echo local command >&2");
$servers->add_host('remote', @here, RemoteCommand => 'true');
$servers->add_host('visual', @here, VisualHostKey => 'yes');
$servers->add_host('verbose', @here, LogLevel => 'VERBOSE');
$servers->add_host('quiet', @here, LogLevel => 'QUIET');

my $logs = executable('logs', "echo \"\$*\" >>$home/logged\nexec ssh \"\$@\"");
my $plink = executable('plink', 'while case $1 in -batch) shift ;; -P) set -- -p "$2"; break ;; *) false ;; esac; do :; done; exec ssh "$@"');
my $user = (getpwuid $<)[0];
my $port = $here[3];

# [name, URL, config, 'native' or why it is left to git]
my @cases = (
    ['plain', $servers->ssh('good.git'), [], 'native'],
    ['user', "$user\@fleet:$path", [], 'native'],
    ['scheme', "ssh://fleet$path", [], 'native'],
    ['port', "ssh://$user\@127.0.0.1:$port$path", [], 'native'],
    ['alias', "some.alias:$path", [], 'native'],
    ['included', "included:$path", [], 'native'],
    ['matched', "matched:$path", [], 'native'],
    ['jumps', "jumps:$path", [], 'native'],
    ['proxied', "proxied:$path", [], 'native'],
    ['strict', "strict:$path", [], 'native'],
    ['six', "ssh://[::1]:$port$path", [], 'a protocol that is left to git'],
    ['command', $servers->ssh('good.git'), ['core.sshCommand', 'ssh -q'], 'native'],
    ['command-quotes', $servers->ssh('good.git'), ['core.sshCommand', qq{"$logs" -o 'LogLevel ERROR' -o "SetEnv=A=b"}], 'native'],
    ['command-shell', $servers->ssh('good.git'), ['core.sshCommand', "A=b ssh"], 'native'],
    ['command-near', $servers->ssh('good.git'), ['core.sshCommand', '../../logs'], 'native'],
    ['command-gone', $servers->ssh('good.git'), ['core.sshCommand', "$home/gone"], ''],
    ['command-false', $servers->ssh('good.git'), ['core.sshCommand', 'false'], 'not OpenSSH'],
    ['command-empty', $servers->ssh('good.git'), ['core.sshCommand', ''], 'empty'],
    ['command-checks', $servers->ssh('good.git'), ['core.sshCommand', "ssh -o UserKnownHostsFile=$home/known -o StrictHostKeyChecking=accept-new"], 'decides about host keys'],
    ['variant-ssh', $servers->ssh('good.git'), ['core.sshCommand', $logs, 'ssh.variant', 'ssh'], 'native'],
    ['variant-auto', $servers->ssh('good.git'), ['ssh.variant', 'auto'], 'native'],
    ['variant-simple', $servers->ssh('good.git'), ['ssh.variant', 'simple'], 'ssh.variant is not ssh'],
    ['variant-plink', $servers->ssh('good.git'), ['core.sshCommand', $plink, 'ssh.variant', 'plink'], 'ssh.variant is not ssh'],
    ['named-plink', $servers->ssh('good.git'), ['core.sshCommand', $plink], 'another one'],
    ['version-0', $servers->ssh('good.git'), ['protocol.version', 0], 'native'],
    ['old', "old:$path", [], 'native'],
    ['changed', "changed:$path", [], 'HOST IDENTIFICATION HAS CHANGED'],
    ['changed-no', "changed-no:$path", [], ''],
    ['unknown-yes', "unknown-yes:$path", [], 'Host key verification failed'],
    ['unknown-ask', "unknown-ask:$path", [], 'Host key verification failed'],
    ['unknown-no', "unknown-no:$path", [], 'Host key verification failed'],
    ['unknown-accept-new', "unknown-accept-new:$path", [], 'Host key verification failed'],
    ['denied', "denied:$path", [], 'Permission denied'],
    ['local', "local:$path", [], 'local command'],
    ['remote', "remote:$path", [], 'ssh is configured to run a command'],
    ['visual', "visual:$path", [], 'ssh says something'],
    ['verbose', "verbose:$path", [], 'ssh says something'],
    ['quiet', "quiet:$path", [], 'native'],
    ['banner', "banner:$path", [], 'ssh says something'],
    ['motd', "motd:$path", [], ''],
    ['noisy', "noisy:$path", [], ''],
    ['forced', "forced:$path", [], 'native'],
    ['closed', "closed:$path", [], ''],
    ['missing', "fleet:$home/root/missing.git", [], 'not appear to be a git repository'],
);
for (@cases) {
    my ($name, $where, $config) = @$_;
    $two->add($name, $where, config => $config);
}
# Who accepts keys writes them down: each of these alone, from the beginning.
my @learn = qw(unknown-no unknown-accept-new command-checks changed-no);
my %alone = map { $_ => 1 } @learn;
my @names = grep { !$alone{$_} } map { $_->[0] } @cases;
my $ways = $two->compare('hosts', {}, @names);
my %way = map { $_->[0] => $_->[3] } @cases;
$way{$_} eq 'native' ? $two->is_native($ways, $_) : $two->is_left($ways, $_, qr/$way{$_}/) for @names;
$two->{actions} = ['update'];
$two->{before} = sub { unlink "$home/known" };
$two->{after} = sub { (read_file("$home/known") // '') =~ s/\|1\|\S+/x/gr };
$two->is_left($two->compare($_, {}, $_), $_, qr/$way{$_}/) for @learn;
$two->{before} = $two->{after} = undef;

# News come over the same connection, whatever the server allows.
for my $host (qw(fleet max1 max2 max3 forced motd banner jumps)) {
    $two->add("$host-new$_", "$host:$path", news => 1) for 1 .. 4;
    my $ways = $two->compare("news from $host", {}, map { "$host-new$_" } 1 .. 4);
    is(read_file("code/$host-new$_/file"), "2\n", "$host $_: the news are there") for 1 .. 4;
}
# One that takes a connection at a time: only natively nobody is turned away.
{
    $two->add("strict-new$_", "strict:$path", news => 1) for 1 .. 6;
    my $run = $two->run('update', {}, [map { "strict-new$_" } 1 .. 6]);
    is($run->{status}, 0, 'six from a server that takes one connection at a time') or diag($run->{out});
}

# Environments.
my @environments = (
    [{GIT_SSH => $logs}, {plain => 'native', 'command' => 'native'}],
    [{GIT_SSH => "$home/gone"}, {plain => ''}],
    [{GIT_SSH => $plink}, {plain => 'another one'}],
    [{GIT_SSH_COMMAND => "'$logs' -o 'LogLevel ERROR'"}, {plain => 'native', 'variant-plink' => 'ssh.variant is not ssh', 'command-false' => 'native'}],
    [{GIT_SSH_COMMAND => "$logs -o ControlPath=none"}, {plain => 'multiplexes'}],
    [{GIT_SSH_VARIANT => 'simple'}, {plain => 'ssh.variant is not ssh'}],
    [{GIT_SSH_VARIANT => 'ssh'}, {plain => 'native', 'variant-simple' => 'native'}],
);
for (@environments) {
    my ($environment, $expected) = @$_;
    my $title = join ' ', map { "$_=$environment->{$_}" =~ s/\Q$home\E/.../gr } sort keys %$environment;
    my $ways = $two->compare($title, $environment, sort keys %$expected);
    $expected->{$_} eq 'native' ? $two->is_native($ways, $_) : $two->is_left($ways, $_, qr/$expected->{$_}/) for sort keys %$expected;
}
ok(!glob("$runtime/*"), 'nothing is left');
done_testing();
