#!/usr/bin/perl
# The network service over HTTP: what it is told by good and by bad servers, how often it connects, whom it asks for passwords, and
# that it always comes to an end. tests/tool/ask asks it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use OddServer;
use Ports;
use Servers;
use Test::More;
use Time::HiRes qw(time);

my $dir = sandbox();
delete @ENV{grep { /_proxy$/i || /^(?:CURL_CA_BUNDLE|SSL_CERT_)/ } keys %ENV};
$ENV{GIT_CONFIG_NOSYSTEM} = 1;

# The lines of `ask`, in the order of what was asked for, without what was asked for.
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
    return map { s/\n\z//r } map { $line{$_} // () } grep { exists $line{$_} } @words;
}

sub is_answer {
    my ($got, $expected, $name) = @_;
    like($got // 'nothing', ref $expected ? $expected : qr/^\Q$expected\E/, $name);
}

my $odd = OddServer->start($dir);

# One by one: no other than the right word, and all of it in time.
my %answers = (
    list => 'refs 2',
    cut => 'unknown the host\'s answer is not understood',
    garbage => 'unknown the host\'s answer is not understood',
    html => 'unknown the host\'s answer is not understood: the answer is not one of a git server',
    redirect => 'unknown the host\'s answer is not understood: the server says 301',
    'status-401' => 'unknown authentication failed',
    'status-403' => 'unknown authentication failed: the server says 403',
    'status-404' => 'unknown the repository was not found',
    'status-429' => 'failed the host is busy',
    'status-500' => 'unknown the host\'s answer is not understood: the server says 500',
    'status-503' => 'failed the host is busy',
    close => 'failed the host is unreachable',
    reset => 'failed the host is unreachable',
    hang => 'failed the host did not answer in time',
    headers => 'failed the host did not answer in time',
    half => 'failed the host did not answer in time',
    trickle => 'failed the host did not answer in time',
    endless => 'unknown the host\'s answer is not understood: the answer is too long',
);
for my $kind (sort keys %answers) {
    my $from = time;
    my ($line) = ask('-r', 0, '-t', $kind eq 'endless' ? 20000 : 700, $odd->url("$kind/x.git"));
    is_answer($line, $answers{$kind}, $kind);
    cmp_ok(time - $from, '<', 15, "... in time") if $kind ne 'endless';
}

# A host where one repository is odd answers for the others.
{
    my @kinds = ('list', 'hang', 'trickle', 'close', 'html', 'status-404');
    my @lines = ask('-r', 0, '-t', 1000, map { ($odd->url("$_/a.git"), $odd->url("list/$_.git")) } @kinds);
    is_answer($lines[0], 'refs 2', 'among odd ones: a good one');
    for my $i (0 .. $#kinds) {
        is_answer($lines[2 * $i], $answers{$kinds[$i]}, "... $kinds[$i]");
        is_answer($lines[2 * $i + 1], 'refs 2', "... a good one beside $kinds[$i]");
    }
}

# What may pass is tried again, as often as was said.
{
    my ($line) = ask('-r', 2, $odd->url('busy-2/x.git'));
    is_answer($line, 'refs 2', 'busy two times: the third attempt succeeds');
    ($line) = ask('-r', 2, $odd->url('busy-3/x.git'));
    is_answer($line, 'failed the host is busy', 'busy three times: given up');
    is(scalar(grep { m{ busy-3/} } $odd->log), 3, '... after three attempts');
    ask('-r', 2, $odd->url('status-403/y.git'));
    is(scalar(grep { m{ status-403/y} } $odd->log), 1, 'what will not pass is tried once');
    ($line) = ask('-r', 1, $odd->url('close/y.git'));
    is(scalar(grep { m{ close/y} } $odd->log), 2, 'a connection that breaks is tried again');
}

# One that hangs does not hold the others up for long, and a host that has its hands full is not pressed.
{
    my $arrival = qx{@{[tool('ask')]} -r 0 -t 5000 @{[map { $odd->url($_) } 'hang/1.git', map { "list/$_.git" } 1 .. 20]}};
    like($arrival, qr{\A(?:\S+/list/\S+: refs 2\n){20}\S+/hang/}, 'the others are answered before the one that hangs');
    my @lines = ask('-r', 1, map { $odd->url("status-503/$_.git") } 1 .. 30);
    is(scalar(grep { /^failed the host is busy/ } @lines), 30, 'a host that is busy for all');
    cmp_ok(scalar(grep { m{ status-503/\d} } $odd->log), '<', 10, '... is not asked by all');
}

# Nobody there: one attempt is enough for all.
{
    my $port = closed_port();
    my $from = time;
    my @lines = ask('-r', 1, map { "http://127.0.0.1:$port/$_.git" } 1 .. 100);
    is(scalar(grep { /^failed the host is unreachable/ } @lines), 100, 'nobody there');
    cmp_ok(time - $from, '<', 10, '... in time');
    my ($line) = ask('-r', 0, 'https://no-such-host.invalid/x.git');
    is_answer($line, 'failed the host is unreachable', 'no such name');
}

# Passwords: from the URL, from ~/.netrc, from the helpers, which are asked once for a host and told when it was right.
{
    my @urls = map { $odd->url("auth/$_.git") } 1 .. 20;
    my $inner = $odd->url('auth/u.git') =~ s{//}{//user:secret@}r;
    is_answer((ask($inner))[0], 'refs 2', 'a password in the URL');
    is(scalar(grep { m{ auth/u\.git} } $odd->log), 1, '... is sent at once');
    is_answer((ask($urls[0]))[0], 'unknown authentication failed', 'no password');

    write_file('.netrc', "machine 127.0.0.1 login user password secret\n");
    is(scalar(grep { $_ eq 'refs 2' } ask(@urls)), 20, 'a password in ~/.netrc');
    unlink '.netrc';

    write_file('helper', "#!/bin/sh\nprintf '%s\\n' \"\$1\" >>$dir/helped\n[ \"\$1\" = get ] && printf 'username=user\\npassword=%s\\n' \"\$(cat $dir/secret)\"\n");
    chmod 0755, 'helper';
    system 'git', 'config', '--global', 'credential.helper', "$dir/helper";
    write_file('secret', 'secret');
    is_answer((ask($urls[0]))[0], 'unknown authentication failed', 'helpers that must not be asked');
    ok(!-e 'helped', '... are not');
    is(scalar(grep { $_ eq 'refs 2' } ask('-C', @urls)), 20, 'a password from a helper');
    wait_until(sub { (read_file('helped') // '') =~ /store/ });
    is(read_file('helped'), "get\nstore\n", '... which is asked once, and told once');

    write_file('secret', 'wrong');
    unlink 'helped';
    my @lines = ask('-C', @urls);
    is(scalar(grep { /^unknown authentication failed/ } @lines), 20, 'a wrong password');
    unlike("@lines", qr/wrong|secret/, '... is not told to anybody');
    is(read_file('helped'), "get\n", '... and the helper is left to git');

    system 'git', 'config', '--global', '--unset', 'credential.helper';
    my $from = time;
    is_answer((ask('-C', $urls[0]))[0], 'unknown authentication failed', 'nobody is asked on a terminal');
    cmp_ok(time - $from, '<', 10, '... in time');
}

# A real server.
{
    local $ENV{GIT_AUTHOR_DATE} = local $ENV{GIT_COMMITTER_DATE} = '1700000000 +0000';
    Servers::make_repositories(60, 'git tag light', 'git branch side');
    system('git init -q --bare --object-format=sha256 root/long.git') == 0 or die;
}
my $servers = Servers->start("$dir/servers", "$dir/root");
my @ca = ('-c', $servers->env('SERVERS_CA'));
{
    my $from = $servers->seen;
    my @lines = ask(@ca, map { $servers->https("r$_.git") } 1 .. 60);
    # The web server writes a line of its log when the answer has gone.
    wait_until(sub { my %seen = $servers->seen_since($from); $seen{requests} >= 60 });
    my %seen = $servers->seen_since($from);
    is(scalar(grep { $_ eq 'refs 5' } @lines), 60, 'sixty repositories of a server');
    is($seen{https}, 1, '... over one connection');
    is($seen{requests}, 60, '... by a request each');

    my @ls = split /\n/, `git -c http.sslCAInfo=$ca[1] ls-remote --symref @{[$servers->https('r1.git')]}`;
    my %ids = map { /^(\w+)\t(\S+)$/ ? ($2 => $1) : () } @ls;
    my ($head) = map { /^ref: (\S+)/ ? $1 : () } @ls;
    my $expected = join '', map { my $name = $_;
        "\n  $ids{$name} $name " . ($name eq 'HEAD' ? $head : '-') . ' ' . ($ids{"$name^{}"} // '-') } grep { !/\^/ } sort keys %ids;
    is((ask(@ca, '-v', $servers->https('r1.git')))[0], "refs 5$expected", 'the same as git sees');
    is_answer((ask(@ca, '-v', '-p', 'refs/tags/', $servers->https('r1.git')))[0], qr{^refs 2\n.*refs/tags/light.*\n.*refs/tags/v1}, 'tags only');
    is_answer((ask(@ca, $servers->https('empty.git')))[0], 'refs 0', 'an empty repository');
    is_answer((ask(@ca, $servers->https('none.git')))[0], 'unknown the repository was not found', 'no repository');
    is_answer((ask(@ca, $servers->https('long.git')))[0], 'unknown', 'ids of another kind');
    is_answer((ask(@ca, '-H', 'X-Odd: 1', $servers->https('r1.git')))[0], 'refs 5', 'with a header');
    $from = $servers->seen;
    @lines = ask('-j', 2, @ca, map { $servers->https("r$_.git") } 1 .. 20);
    is(scalar(grep { $_ eq 'refs 5' } @lines), 20, 'two at a time');
    is({$servers->seen_since($from)}->{https}, 1, '... over one connection');
}
{
    my $url = $servers->env('UNSIGNED_URL') . '/r1.git';
    is_answer((ask(@ca, $url))[0], 'failed the certificate cannot be verified', 'a certificate that nobody signed');
    is_answer((ask('-k', $url))[0], 'refs 5', '... is accepted where the user says so');
    local $ENV{GIT_SSL_NO_VERIFY} = 1;
    is_answer((ask($url))[0], 'refs 5', '... or the environment');
    local $ENV{GIT_SSL_CERT} = 'x';
    is_answer((ask($url))[0], qr/^unknown .*GIT_SSL_CERT is set/, 'what is not understood is left to git');
}

done_testing();
