#!/usr/bin/perl
# What may pass is tried again: by the network service, by mr when git has failed for such a reason, and never more often than --retries
# says. The servers' logs tell how often; nothing here is timed.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' }
use GitWeb;
use MrTest;
use Test::More;
use TwoWays;

my $home = sandbox();
delete @ENV{grep { /_proxy$/i } keys %ENV};
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
my $two = TwoWays->new($home);
my $web = GitWeb->start($home, "$home/root");

# What requests a server saw of a repository, in their order.
sub requests {
    my ($from, $kind) = @_;
    return join ' ', map { m{^(\w+) /\Q$kind\E/} ? $1 : () } $web->seen_since($from);
}

sub try_again {
    my ($name, $kind, %options) = @_;
    $two->add($name, $web->url("$kind/good.git"), news => $options{news});
    my $from = $web->seen;
    my $run = $two->run('update', $options{environment} // {}, [$name], @{$options{options} // []});
    return ($run, requests($from, $kind));
}

# The service tries again, and git is not needed.
for my $how (429, 503, 'reset') {
    my ($run, $seen) = try_again("service-$how", "fails-any-$how-1");
    is($run->{ways}{"service-$how"}, 'done without git', "$how, then right: the service has tried again");
    is($seen, 'POST POST', '... once');
    is($run->{status}, 0, '... and succeeds');
}

# git fails, and is called again.
{
    my @ways = (429, 503, 'reset');
    $two->add("git-$_", $web->url("fails-get-$_-1/good.git"), news => 1) for @ways;
    my $from = $web->seen;
    my $run = $two->run('update', {}, [map { "git-$_" } @ways]);
    is($run->{status}, 0, 'git fails, then not: success') or diag($run->{out});
    like($run->{out}, qr/^mr update: finished \(3 ok\)/m, '... as the summary says');
    for my $how (@ways) {
        like(requests($from, "fails-get-$how-1"), qr/^POST GET GET POST POST/, "$how: git was called again");
        is(read_file("code/git-$how/file"), "2\n", '... and brings the news');
        like($run->{out}, qr/^mr update: the host is (?:busy|unreachable), trying again\n/m, '... as is said');
        unlike($run->{words}{"git-$how"}, qr/failed/, '... without a failure');
    }
}

# As often as was said.
for my $retries (0, 1, 2) {
    my ($run, $seen) = try_again("busy-$retries", "fails-any-503-9$retries", options => ['--retries', $retries]);
    is($seen, join(' ', ('POST') x ($retries + 1), 'GET'), "busy for ever, --retries $retries");
    is($run->{status}, 1 << 8, '... has failed');
    is($run->{reasons}{"busy-$retries"}, 'the host is busy', '... for that reason');
    next if $retries > 1;
    ($run, $seen) = try_again("git-busy-$retries", "fails-get-503-9$retries", news => 1, options => ['--retries', $retries]);
    is($seen, join(' ', 'POST', ('GET') x ($retries + 1)), "busy for git, --retries $retries");
    is(scalar(() = $run->{out} =~ /trying again/g), $retries, '... as often as is said');
    is($run->{status}, 1 << 8, '... has failed');
    is(read_file("code/git-busy-$retries/file"), "1\n", '... and nothing has changed');
}
# With -q.
{
    $two->add('quiet', $web->url('fails-get-503-98/good.git'), news => 1);
    $two->add('quiet-well', $web->url('fails-get-502-1/good.git'), news => 1);
    my $from = $web->seen;
    my $run = $two->run('update', {}, ['quiet', 'quiet-well'], '--retries', 1, '-q');
    is(scalar(() = $run->{out} =~ /returned error: 503/g), 1, 'with -q the words of the last attempt are shown');
    like(requests($from, 'fails-get-502-1'), qr/^POST GET GET POST/, '... and of two attempts, where the second one succeeds,');
    unlike($run->{out}, qr/502|again/, '... no word');
}

# Over ssh git goes by a program of the user's that fails at first.
{
    write_file('ssh', "#!/bin/sh\nfor last; do :; done\n[ \"\$1\" != -G ] || exit 1\n[ -e $home/failed ] || {\n>$home/failed\n"
        . "echo kex_exchange_identification: read: Connection reset by peer >&2\nexit 255\n}\nexec sh -c \"\$last\"\n");
    chmod 0755, 'ssh';
    $two->add('ssh', "anywhere:$home/root/good.git", news => 1, config => ['core.sshCommand', "$home/ssh"]);
    my $run = $two->run('update', {}, ['ssh']);
    is($run->{status}, 0, 'a connection that is reset before git says a word') or diag($run->{out});
    is(read_file('code/ssh/file'), "2\n", '... is made again');
    like($run->{out}, qr/^mr update: the host is unreachable, trying again$/m, '... as is said');
}

# Who has been asked for a password is not asked once more.
{
    $two->add('asks', $web->url('auth-busy/good.git'), news => 1);
    my $run = $two->run('update', {}, ['asks']); # puts it in its place
    like($run->{out}, qr/could not read Username/, 'without a terminal nobody is asked');
    my $from = $web->seen;
    my @keys = map { ('-e', $_->[0], '-s', "$_->[1]\\n") } ['Username for', 'user'], ['Password for', 'secret'];
    my $out = do {
        open my $pipe, '-|', 'timeout', '--foreground', '60', tool('pty'), @keys, mr_path(), '-v', '-j2', 'update' or die $!;
        local $/;
        <$pipe>;
    };
    like($out, qr/returned error: 503/, 'on a terminal, after the password, the host is busy');
    unlike($out, qr/trying again/, '... which is not tried again');
    is(scalar(() = $out =~ /Username for/g), 1, '... nor is anybody asked again');
    is(requests($from, 'auth-busy'), 'POST GET GET', '... as the server knows');
}

# What is none of the network's, or will not pass, is not tried again.
for my $how (404, 403, 500) {
    my ($run, $seen) = try_again("lasting-$how", "fails-get-$how-99", news => 1);
    is($seen, 'POST GET', "$how: once");
    is($run->{status}, 1 << 8, '... has failed');
}
{
    my ($run, $seen) = try_again('later', 'later');
    is($seen, 'POST GET', 'a host that is busy for an hour is not waited for');
    ($run, $seen) = try_again('no-native', 'fails-get-503-97', news => 1, options => ['--no-native']);
    is($seen, 'GET', 'where the service was not asked, git is called once');
}
done_testing();
