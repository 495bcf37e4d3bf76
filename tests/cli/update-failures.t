#!/usr/bin/perl
# An update where half of the servers are bad: each repository fails with the right reason within its deadline, the others finish,
# and nothing is asked where nobody could answer.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' }
use IO::Socket::INET;
use MrTest;
use OddServer;
use Fcntl qw(F_SETFD);
use POSIX qw(setsid);
use Ports;
use Servers;
use Test::More;
use Time::HiRes qw(time);

use constant DEADLINE => 5;

my $home = sandbox();

sub sh { system('sh', '-ec', "exec >/dev/null 2>&1\n@_") == 0 or die "failed: @_\n" }

# A server that takes connections and never says a word; a port where nobody is.
my $silent = IO::Socket::INET->new(Listen => 64, LocalAddr => '127.0.0.1') or die;
my $nobody = closed_port();

# A host that speaks TLS and then no word; one that greets as an sshd does, and no more.
my $mute_port = free_port();
my $greeting = IO::Socket::INET->new(Listen => 64, LocalAddr => '127.0.0.1') or die;
my $greeting_port = $greeting->sockport;
# Two that hang in the session, by their ports.
my @session_ports = map { free_port() } 1, 2;

mkdir $_ for 'remotes', 'run';
chmod 0700, 'run';
$ENV{XDG_RUNTIME_DIR} = "$home/run";
write_file('.gitconfig', "[user]\nname = Tester\nemail = tester\@example.org\n[init]\ndefaultBranch = master\n");
my $servers = Servers->start("$home/servers", "$home/remotes", sshd => join("\n", map { "ListenAddress 127.0.0.1:$_" } @session_ports),
    match => "Match LocalPort $session_ports[0]\nForceCommand exec cat >/dev/null\n"
        . "Match LocalPort $session_ports[1]\nForceCommand printf '0100version'; exec cat >/dev/null");
my @helpers = start_helpers();
END { local $?; kill KILL => @helpers }

sub start_helpers {
    my $tls = fork // die;
    if (!$tls) {
        pipe my $in, my $open or die; # which stays open
        fcntl $open, F_SETFD, 0;
        open STDIN, '<&', $in or die;
        open STDOUT, '>', '/dev/null' or die;
        open STDERR, '>&', \*STDOUT or die;
        exec 'openssl', 's_server', '-quiet', '-accept', "127.0.0.1:$mute_port", '-cert', 'servers/cert.pem', '-key', 'servers/key.pem' or die;
    }
    my $greeter = fork // die;
    if (!$greeter) {
        my @clients;
        while (my $client = $greeting->accept) {
            syswrite $client, "SSH-2.0-OpenSSH_9.2\r\n";
            push @clients, $client;
        }
        POSIX::_exit(0);
    }
    close $greeting;
    wait_until(sub { IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $mute_port) }) or die 'openssl';
    return ($tls, $greeter);
}
my $odd = OddServer->start($home);
my @local = (HostName => '127.0.0.1');
sh("echo fleet \$(ssh-keygen -q -t ed25519 -N '' -f key; cut -d' ' -f1,2 key.pub) >wrong; rm key");
$servers->add_host('changed', @local, Port => $servers->env('SSH_PORT'), UserKnownHostsFile => "$home/wrong");
$servers->add_host('stranger', @local, Port => $servers->env('SSH_PORT'), UserKnownHostsFile => '/dev/null', StrictHostKeyChecking => 'yes');
$servers->add_host('denied', @local, Port => $servers->env('SSH_PORT'), PubkeyAuthentication => 'no');
$servers->add_host('refused', @local, Port => $nobody);
$servers->add_host('silent', @local, Port => $silent->sockport);
$servers->add_host('greets', @local, Port => $greeting_port);
$servers->add_host('works', @local, Port => $session_ports[0]);
$servers->add_host('begins', @local, Port => $session_ports[1]);
$servers->add_host('nowhere', HostName => 'nowhere.invalid');

# Behind git's own words, where a host is concerned.
my %reason = (
    (map { $_ => 'authentication failed' } qw(http-401 http-403 ssh-denied)),
    (map { $_ => 'the repository was not found' } qw(http-404 http-gone ssh-gone)),
    (map { $_ => 'the host is busy' } qw(http-429 http-503)),
    (map { $_ => 'the host is unreachable' } qw(http-closed http-refused http-reset ssh-nowhere ssh-refused)),
    (map { $_ => 'the host key cannot be verified' } qw(ssh-changed ssh-stranger)),
    'http-unsigned' => 'the certificate cannot be verified',
);

# name, URL, what git says; undef where it is ended because it takes too long.
my @bad = (
    ['http-401', $odd->url('status-401/x.git'), qr/could not read Username/],
    ['http-403', $odd->url('status-403/x.git'), qr/403/],
    ['http-404', $odd->url('status-404/x.git'), qr/not found/],
    ['http-429', $odd->url('status-429/x.git'), qr/429/],
    ['http-500', $odd->url('status-500/x.git'), qr/500/],
    ['http-503', $odd->url('status-503/x.git'), qr/503/],
    ['http-cut', $odd->url('cut/x.git'), qr/fatal/],
    ['http-garbage', $odd->url('garbage/x.git'), qr/no such ref was fetched/],
    ['http-html', $odd->url('html/x.git'), qr/no such ref was fetched/],
    ['http-closed', $odd->url('close/x.git'), qr/Empty reply/],
    ['http-reset', $odd->url('reset/x.git'), qr/fatal: unable to access/],
    ['http-refused', "http://127.0.0.1:$nobody/x.git", qr/Failed to connect/],
    ['http-unsigned', $servers->env('UNSIGNED_URL') . '/good.git', qr/certificate/],
    ['http-gone', $servers->https('gone.git'), qr/not found/],
    ['http-hang', $odd->url('hang/x.git'), undef],
    ['http-half', $odd->url('half/x.git'), undef],
    ['http-headers', $odd->url('headers/x.git'), undef],
    ['http-silent', 'http://127.0.0.1:' . $silent->sockport . '/x.git', undef],
    ['http-trickle', $odd->url('trickle/x.git'), undef],
    ['https-mute', "https://localhost:$mute_port/x.git", undef],
    ['https-silent', 'https://127.0.0.1:' . $silent->sockport . '/x.git', undef],
    ['ssh-begins', "begins:$home/remotes/good.git", undef],
    ['ssh-changed', "changed:$home/remotes/good.git", qr/HOST IDENTIFICATION HAS CHANGED/],
    ['ssh-denied', "denied:$home/remotes/good.git", qr/Permission denied/],
    ['ssh-gone', $servers->ssh('gone.git'), qr/does not appear to be a git repository/],
    ['ssh-greets', "greets:$home/remotes/good.git", undef],
    ['ssh-nowhere', "nowhere:$home/remotes/good.git", qr/Could not resolve/],
    ['ssh-refused', "refused:$home/remotes/good.git", qr/refused/],
    ['ssh-silent', "silent:$home/remotes/good.git", undef],
    ['ssh-stranger', "stranger:$home/remotes/good.git", qr/Host key verification failed/],
    ['ssh-works', "works:$home/remotes/good.git", undef],
    ['local-gone', "$home/remotes/gone.git", qr/does not appear to be a git repository/],
);
my @good = (
    ['good-https', $servers->https('good.git')],
    ['good-local', "$home/remotes/good.git"],
    ['good-ssh', $servers->ssh('good.git')],
    ['good-zzz', $servers->https('good.git')],
);
my %expected = map { $_->[0] => $_ } @bad;

# All are clones of one repository, that only think to come from elsewhere. Half of the good ones find news.
sh('git init -q --bare remotes/good.git; git clone -q remotes/good.git first; cd first; echo 1 >file; git add file; git commit -qm 1; '
      . 'git push -q; cd ..; git clone -q remotes/good.git last; cd first; echo 2 >file; git commit -qam 2; git push -q');
for (@bad, @good) {
    my ($name, $url) = @$_;
    sh("cp -a last $name");
    sh("git -C $name config remote.origin.url '$url'");
}
sh('rm -rf good-zzz; cp -a first good-zzz; git -C good-zzz config remote.origin.url ' . $servers->https('good.git'));
write_file('.mrconfig', join '', map { "[$_->[0]]\ncheckout = false\n" } @bad, @good);

# Without a terminal to ask on.
sub run_alone {
    my @words = @_;
    my $pid = fork // die;
    if (!$pid) {
        setsid();
        open STDIN, '<', '/dev/null' or die;
        open STDOUT, '>', 'out' or die;
        open STDERR, '>&', \*STDOUT or die;
        exec mr_path(), @words or die;
    }
    my $from = time;
    my $status = wait_exit($pid, 100);
    return ($status, time - $from, read_file('out'));
}

sub check {
    my ($title, @options) = @_;
    my ($status, $took, $out) = run_alone(@options, '-j', '--timeout', DEADLINE, 'update');
    is($status, 1 << 8, "$title: ends, with a failure") or diag($out);
    cmp_ok($took, '<', 4 * DEADLINE, "$title: in time");
    my %said = map { m{^mr update: \Q$home\E/(\S+)\n(.*)}s ? ($1, $2) : () } split /^(?=mr update: \/)/m, $out;
    for (@bad) {
        my ($name, undef, $words) = @$_;
        my $said = $said{$name} // '';
        like($said, $words // qr/^mr update: took longer than the --timeout$/m, "$title: $name: why");
        like($said, qr/^mr update: (?:command failed|took longer)/m, "$title: $name: has failed");
        my ($reason) = $said =~ /^mr update: (?!took)(.*)\nmr update: command failed$/m;
        is($reason, $title eq 'native' ? $reason{$name} : undef, "$title: $name: the reason");
    }
    for (@good) {
        my ($name) = @$_;
        unlike($said{$name} // 'mr update: nothing', qr/^mr update: (?!finished)/m, "$title: $name: is well") or diag($said{$name});
        is(read_file("$name/file"), "2\n", "$title: $name: is brought up to date");
    }
    like($out, qr/^mr update: finished \(4 ok; @{[scalar @bad]} failed\)$/m, "$title: the summary");
    is(join(' ', glob('run/* tmp/*')), '', "$title: nothing is left");
}

check('by git', '--no-native');
sh("for r in good-https good-local good-ssh; do git -C \$r reset -q --hard HEAD^; git -C \$r update-ref refs/remotes/origin/master HEAD; done");
check('native');

done_testing();
