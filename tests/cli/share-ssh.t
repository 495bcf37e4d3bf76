#!/usr/bin/perl
# Git children of a run share one connection to each host over ssh, also those of checkout, push and commands of the user's own: how many
# connections the server sees, that words and outcome are those of git alone whatever the server or ssh does, and that nothing is left.
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

my $dir = sandbox();
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
my $runtime = runtime_dir();

sub sh { system('sh', '-ec', "exec >/dev/null 2>&1\n@_") == 0 or die "failed: @_\n" }

my $count = $ENV{MR_SHARE_REPOSITORIES} || 12;
Servers::make_repositories($count);
sh('for r in root/r*.git; do printf "#!/bin/sh\necho agent \${SSH_AUTH_SOCK:+yes}, word \$WORD\n" >$r/hooks/post-receive; chmod +x $r/hooks/post-receive; done');
sh('cp -r root pristine');
my $servers = Servers->start("$dir/servers", "$dir/root", sshd => "AcceptEnv GIT_PROTOCOL WORD\n");
my @here = (HostName => '127.0.0.1', Port => $servers->env('SSH_PORT'));
mkdir 'work';
chdir 'work' or die $!;

# All repositories are clones of HOST:root/rN.git; lines are more settings for each.
sub configure_all {
    my ($lines, $host, $last) = @_;
    $host //= 'fleet';
    write_file('.mrconfig', join '', map { "[r$_]\ncheckout = git clone '$host:$dir/root/r$_.git' 'r$_'\n$lines" } 1 .. $last // $count);
}

sub clone_all {
    my ($host) = @_;
    $host //= 'fleet';
    sh("rm -rf r*; git clone -q $dir/root/r1.git r1");
    sh("[ $_ = 1 ] || cp -a r1 r$_; git -C r$_ config remote.origin.url $host:$dir/root/r$_.git") for 1 .. $count;
}

sub commit_all { sh('for r in r*; do git -C $r commit -q --allow-empty -m more; done') }

# Status and words of a run, and how many connections and sessions there were.
sub run {
    my @words = @_;
    my $from = $servers->seen;
    my ($status, $out, $err) = run_mr('-t', '-c', '.mrconfig', @words);
    my %seen = $servers->seen_since($from);
    return {status => $status, out => $out, err => $err, ssh => $seen{ssh}, sessions => $seen{sessions}};
}

sub is_shared {
    my ($name, @words) = @_;
    my $run = run(@words);
    is($run->{status}, 0, "$name: succeeds") or diag $run->{out}, $run->{err};
    is($run->{sessions}, $count, "$name: $count sessions");
    is($run->{ssh}, 1, '... over one connection');
    is_clean($name);
    return $run;
}

# What one run says must be what git alone does: the order of both streams is each its own.
sub says_the_same {
    my ($name, $prepare, @words) = @_;
    $prepare->();
    my $plain = run('--no-native', @words);
    $prepare->();
    my $run = run(@words);
    for ($plain, $run) {
        $_->{text} = join "\n--\n", map { s/\b[0-9a-f]{7,}\b/ID/gr } "$_->{status}", $_->{out}, $_->{err};
    }
    is($run->{text}, $plain->{text}, "$name: the words of git alone");
    return $run;
}

configure_all('');
my $run = is_shared('checkout', 'checkout');
is(join(' ', map { `git -C r$_ rev-parse HEAD` eq `git --git-dir=../root/r$_.git rev-parse main` ? () : $_ } 1 .. $count), '', '... whole');
commit_all();
is_shared('push', 'push');
is(join(' ', map { `git -C r$_ rev-parse HEAD` eq `git --git-dir=../root/r$_.git rev-parse main` ? () : $_ } 1 .. $count), '', '... all of it');
is_shared('update with a parameter', 'update', '--ff-only');
is_shared('run', 'run', 'git', 'fetch');
is_shared('run of a remote', '-j4', 'run', 'git', '-c', 'gc.auto=0', 'fetch', 'origin');
configure_all("update = git pull -q && true\n");
is_shared('a shell-defined update', 'update');
configure_all("git_fetch =\n\techo fetching\n\tgit fetch -q origin main 2>&1\n");
is_shared('a fetch of several lines', 'fetch');
sh('for r in r*; do touch $r/.gitmodules; done');
configure_all('');
is_shared('update with submodules', 'update');
sh('rm r*/.gitmodules');
is(run('--no-native', 'push')->{ssh}, $count, 'without native git each has a connection of its own');
is(run('-n', '-d', 'r1', '-v', 'push')->{out} =~ /shares/ ? 1 : 0, 0, 'one repository alone: nothing to share');

# Where there is something to share, as a command sees it.
{
    my $show = 'echo "<${GIT_SSH:+program}${GIT_SSH_COMMAND:+command}>"';
    my $shown = sub {
        my ($update, @words) = @_;
        configure_all("update = $update; $show\n", 'fleet', 2);
        my $run = run(@words, 'update');
        return join ' ', $run->{out} =~ /^<(\w*)>$/mg;
    };
    is($shown->('git fetch'), 'program program', 'a fetch has it');
    is($shown->('git fetch', '--no-native'), ' ', '... not without native git');
    is($shown->('true'), ' ', '... nor what is no command of git');
    is($shown->('test -d . && git fetch'), ' ', '... that is sure to be run');
    is($shown->('git -C ../r2 fetch'), ' ', '... in this repository');
    is($shown->('git fetch https://localhost/x main || true'), ' ', '... from a remote that is known');
    is($shown->('git -c user.name=x fetch origin main:x 2>/dev/null'), 'program program', 'a remote and options');
    {
        local $ENV{GIT_SSH_COMMAND} = 'ssh -o ServerAliveInterval=50';
        is($shown->('git fetch'), 'command command', 'a command of the user\'s own');
        local $ENV{GIT_SSH_COMMAND} = 'ssh -o ControlMaster=auto -o ControlPath=none';
        my $run = run('update');
        is($run->{ssh}, 2, '... that shares itself is left alone');
    }
    sh('git -C r1 config core.sshCommand "ssh -v"');
    is($shown->('git fetch'), ' program', 'core.sshCommand');
    sh('git -C r1 config --unset core.sshCommand; git -C r1 config remote.origin.url fleet-x11:x');
    $servers->add_host('fleet-x11', @here, ForwardX11 => 'yes');
    is($shown->('git fetch || true'), ' program', 'what a connection of one\'s own forwards');
    sh("git -C r1 config remote.origin.url fleet:$dir/root/r1.git");
    # Another repository that the command goes to keeps its ssh.
    sh("git init -q other; git -C other remote add origin fleet:$dir/root/r1.git; git -C other config core.sshCommand 'touch $dir/used; ssh'");
    is($shown->('git fetch; git -C ../other fetch'), 'program program', 'two repositories');
    ok(-e "$dir/used", '... each with its own ssh');
    sh('rm -rf other');
}

# Where a push goes.
{
    configure_all('', 'fleet', 2);
    $servers->add_host($_, @here) for 'one', 'two';
    my $pushed = sub {
        sh(@_);
        my $run = run('-v', '-j2', 'push');
        is($run->{status}, 0, 'a push succeeds') or diag $run->{err};
        return $run->{ssh} . ' ' . (() = $run->{out} =~ /shares the run's connection/g);
    };
    is($pushed->(":"), '1 2', 'to where it came from');
    is($pushed->("git -C r1 config remote.origin.pushurl one:$dir/root/r1.git"), '2 2', 'pushurl');
    is($pushed->("git -C r1 config --add remote.origin.pushurl two:$dir/root/r1.git"), '3 1', 'to two places');
    is($pushed->("git -C r1 config --unset-all remote.origin.pushurl; git -C r1 config url.one:.pushInsteadOf fleet:"), '2 2', 'pushInsteadOf');
    is($pushed->("git -C r1 remote add x two:$dir/root/r1.git; git -C r1 config remote.pushDefault x"), '2 2', 'remote.pushDefault');
    is($pushed->("git -C r1 config branch.main.pushRemote $dir/root/r1.git"), '1 1', 'branch.main.pushRemote, to no remote');
    sh('rm -rf r1; cp -a r2 r1');
}

# The user shares connections himself.
{
    mkdir "$dir/own";
    $servers->add_host('mine', @here, ControlPath => "$dir/own/%C", ControlMaster => 'auto', ControlPersist => 'yes');
    configure_all('', 'mine');
    sh('rm -rf r*');
    my $run = run('-v', '-j1', 'checkout');
    is($run->{status}, 0, 'a user who shares connections') or diag $run->{err};
    unlike($run->{out}, qr/shares the run's connection/, '... goes his own way');
    is($run->{ssh}, 1, '... as ever');
    is_clean('his own');
    ok(scalar(glob "$dir/own/*"), '... and his connection stays');
    sh('ssh -O exit mine');
}

# Also where a session can do more than fetch.
{
    my $agent = open my $out, '-|', 'ssh-agent', '-D', '-a', "$runtime.agent" or die $!;
    ok(wait_until(sub { -S "$runtime.agent" }), 'an agent');
    local @ENV{'SSH_AUTH_SOCK', 'WORD'} = ("$runtime.agent", 'sent');
    $servers->add_host('agent', @here, ForwardAgent => 'yes', SendEnv => 'WORD');
    configure_all('', 'agent');
    my $run = says_the_same('agents and variables', sub { sh('rm -rf ../root; cp -r ../pristine ../root'); clone_all('agent'); commit_all() }, 'push');
    like($run->{err} . $run->{out}, qr/agent yes, word sent/, '... reach the host');
    is($run->{ssh}, 1, '... over one connection');
    kill TERM => $agent;
    close $out;
    unlink "$runtime.agent";
}

# What a server and ssh say when things go wrong.
{
    $servers->add_host('locked', @here, PubkeyAuthentication => 'no');
    $servers->add_host('stranger', @here, HostKeyAlias => 'unknown');
    $servers->add_host('nobody', HostName => '127.0.0.1', Port => closed_port());
    $servers->add_host('talkative', @here, UserKnownHostsFile => '/dev/null', StrictHostKeyChecking => 'no');
    for my $host ('locked', 'stranger', 'nobody', 'talkative', 'fleet') {
        configure_all("update = git fetch\n", $host, 3);
        says_the_same("$host: checkout", sub { sh('rm -rf r*') }, 'checkout');
        sh('rm -rf r*; for i in 1 2 3; do git clone -q ../root/r$i.git r$i; git -C r$i config remote.origin.url ' . "$host:$dir/root/none.git; done");
        says_the_same("$host: $_", sub { }, $_) for 'push', 'update';
        is_clean($host);
    }
    my $silent = IO::Socket::INET->new(Listen => 8, LocalAddr => '127.0.0.1');
    $servers->add_host('silent', HostName => '127.0.0.1', Port => $silent->sockport);
    configure_all("update = git fetch\n", 'silent', 3);
    says_the_same('silent', sub { sh('rm -rf r*') }, '--timeout', 1, 'checkout');
    is_clean('silent');
}

# However it is ended while git waits for the host, nothing is left.
{
    sh("cp -r ../root/r1.git ../root/waits.git; rm ../root/waits.git/HEAD; mkfifo ../root/waits.git/HEAD; rm -rf r*");
    write_file('.mrconfig', join '', map { "[r$_]\ncheckout = git clone fleet:$dir/root/waits.git r$_\n" } 1 .. 3);
    for my $signal (qw(INT TERM KILL)) {
        my $from = $servers->seen;
        my $pid = start_mr('stopped', '-t', '-c', '.mrconfig', 'checkout');
        ok(wait_until(sub { my %seen = $servers->seen_since($from); $seen{sessions} == 3 }), "$signal: three sessions are under way");
        my %seen = $servers->seen_since($from);
        is($seen{ssh}, 1, '... over one connection');
        kill $signal => $pid;
        ok(defined wait_exit($pid, 20), '... the run ends');
        is_clean($signal);
    }
    open my $fifo, '+<', '../root/waits.git/HEAD' or die $!;
    close $fifo;
}

# Servers that take fewer sessions than there are jobs.
for my $limit (0, 1, 3) {
    undef $servers;
    sh("rm -rf ../servers; rm -rf ../root; cp -r ../pristine ../root");
    $servers = Servers->start("$dir/servers", "$dir/root", sshd => "MaxSessions $limit\nAcceptEnv GIT_PROTOCOL\n") if $limit;
    next if !$limit;
    configure_all("git_fetch = git fetch origin\n");
    says_the_same("$limit sessions: checkout", sub { sh('rm -rf r*') }, '-j8', 'checkout');
    is_clean("$limit sessions");
    says_the_same("$limit sessions: push", sub { sh('rm -rf ../root; cp -r ../pristine ../root'); clone_all(); commit_all() }, '-j8', 'push');
    my $news = sub { sh('for r in r*; do git -C $r update-ref -d refs/remotes/origin/main; git -C $r reset -q --hard v1; git -C $r update-ref refs/remotes/origin/main HEAD; done') };
    says_the_same("$limit sessions: $_", $news, '-j8', $_) for 'update', 'fetch';
    is_clean("$limit sessions");
}

done_testing();
