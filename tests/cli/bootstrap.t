#!/usr/bin/perl
# mr bootstrap against real servers on loopback, well behaved and otherwise, and what a hostile source can do: nothing.
use strict;
use warnings;
use FindBin;
use IO::Compress::Gzip ();
use IO::Socket::INET;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Ports;
use Socket qw(SOL_SOCKET SO_LINGER);
use Test::More;

my $home = sandbox();
my $owner = $$;
my @servers;
END { stop_servers() if $$ == $owner }
delete @ENV{grep { /_proxy$/i || /^(?:CURL_CA_BUNDLE|SSL_CERT_)/ } keys %ENV};

sub stop_servers {
    my $status = $?;
    for my $pid (splice @servers) {
        kill 'KILL', $pid;
        waitpid $pid, 0;
    }
    $? = $status;
}

sub git { system('git', '-c', 'user.name=t', '-c', 'user.email=t@example.org', @_) == 0 or die "git @_" }
git('init', '-q', '--bare', "$home/one.git");
my $config = "[one]\ncheckout = git clone $home/one.git one\n";

sub gzip {
    my $text = shift;
    IO::Compress::Gzip::gzip(\$text => \my $packed) or die;
    return $packed;
}

my $bomb = gzip('#' x (17 << 20));

# The plain server: one process a connection; the path says how it answers.
sub answer {
    my ($client, $path, $headers) = @_;
    my $ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    my %answers = (
        '/good' => "$ok\r\n$config",
        '/redirect' => "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: /good\r\nContent-Length: 0\r\n\r\n",
        '/loop' => "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n",
        '/packed' => "${ok}Content-Encoding: gzip\r\n\r\n" . gzip($config),
        '/bomb' => "${ok}Content-Encoding: gzip\r\n\r\n" . $bomb,
        '/empty' => "${ok}Content-Length: 0\r\n\r\n",
        '/blank' => "$ok\r\n\n \n",
        '/page' => "${ok}Content-Type: text/html\r\n\r\n\n<!DOCTYPE html>\n<html>Who are you?</html>\n",
        '/ftp' => "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: ftp://localhost/x\r\nContent-Length: 0\r\n\r\n",
        '/scp' => "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: scp://localhost/x\r\nContent-Length: 0\r\n\r\n",
        '/locked' => "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
        '/local' => "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: file://$home/list\r\nContent-Length: 0\r\n\r\n",
        '/missing' => "HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\n[one]\nx=y\n",
        '/broken' => "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
        '/huge' => "${ok}Content-Length: 10737418240\r\n\r\n$config",
        '/half' => "${ok}Content-Length: 1000\r\n\r\n$config",
        '/nothing' => '',
        '/garbage' => "[one]\ncheckout = touch $home/pwned\n",
        '/hostile' => "$ok\r\n[one]\ncheckout = touch $home/pwned\n",
        '/include' => "$ok\r\ninclude = touch $home/pwned\n[one]\ncheckout = git clone x one\n",
        '/outside' => "$ok\r\n[../one]\ncheckout = git clone $home/one.git one\n",
    );
    # "me:secret"; and what a proxy is asked for
    $path = '/good' if $path eq '/locked' && $headers =~ /^Authorization: Basic bWU6c2VjcmV0\r$/m;
    $path = '/good' if $path eq 'http://far.invalid/list';
    print $client $answers{$path} // "$ok\r\n";
    if ($path eq '/stall' || $path eq '/drip') {
        print $client '#' if $path eq '/drip';
        $client->flush;
        sysread $client, my $rest, 1;    # until mr goes away
    }
    if ($path eq '/reset') {
        print $client $config;
        $client->flush;
        setsockopt $client, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0);
    }
    if ($path eq '/endless') {
        1 while print $client '#' x 65536;
    }
}

sub serve {
    my ($listener) = @_;
    $SIG{CHLD} = 'IGNORE';
    $SIG{PIPE} = 'IGNORE';
    while (my $client = $listener->accept) {
        my $pid = fork;
        if (defined $pid && !$pid) {
            my ($path) = (<$client> // '') =~ m{^GET (\S+) };
            my $headers = '';
            while (defined(my $line = <$client>)) {
                last if $line eq "\r\n";
                $headers .= $line;
            }
            answer($client, $path // '/', $headers);
            close $client;
            POSIX::_exit(0);
        }
        close $client;
    }
    POSIX::_exit(1);
}

sub listener { return IO::Socket::INET->new(Listen => 20, LocalAddr => '127.0.0.1', Proto => 'tcp') || die "socket: $!" }

sub start_plain {
    my $listener = listener();
    my $pid = fork // die "fork: $!";
    serve($listener) if !$pid;
    push @servers, $pid;
    return 'http://localhost:' . $listener->sockport;
}

# openssl answers with whole HTTP messages from files.
sub start_tls {
    my ($http) = @_;
    mkdir 'www';
    write_file('www/good', "HTTP/1.0 200 OK\r\n\r\n$config");
    write_file('www/redirect', "HTTP/1.0 301 Moved\r\nLocation: good\r\n\r\n");
    write_file('www/down', "HTTP/1.0 302 Found\r\nLocation: $http/good\r\n\r\n");
    write_file('www/local', "HTTP/1.0 302 Found\r\nLocation: file://$home/list\r\n\r\n");
    write_file('www/missing', "HTTP/1.0 404 Not Found\r\n\r\n");
    write_file('www/hostile', "HTTP/1.0 200 OK\r\n\r\n[one]\ncheckout = touch $home/pwned\n");
    system("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
        . " -keyout key.pem -out cert.pem 2>openssl.log") == 0 or die read_file('openssl.log');
    my $port = free_port();
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        chdir 'www' or POSIX::_exit(1);
        open STDIN, '<', '/dev/null';
        open STDOUT, '>', '../tls.log';
        open STDERR, '>&', \*STDOUT;
        exec 'openssl', 's_server', '-accept', "127.0.0.1:$port", '-cert', '../cert.pem', '-key', '../key.pem', '-HTTP'
            or POSIX::_exit(1);
    }
    push @servers, $pid;
    wait_until(sub { IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port") }, 20) or die 'openssl: ' . read_file('tls.log');
    return "https://localhost:$port";
}

my $directory = 0;
my $http = start_plain();
my $https = start_tls($http);

# Bootstraps into a new directory; returns what run_mr() does, and the directory.
sub bootstrap {
    my ($source, @options) = @_;
    my $there = 'd' . ++$directory;
    return (run_mr(@options, 'bootstrap', $source, $there), $there);
}

sub succeeds {
    my ($what, $source, @options) = @_;
    my ($code, $out, $err, $there) = bootstrap($source, @options);
    is($code, 0, "$what: succeeds") or diag($err);
    like($out, qr{^mr checkout: \Q$home\E/$there/one\n.*\nmr bootstrap: finished \(1 ok\)\n\z}s, "$what: checks out");
    is(read_file("$there/.mrconfig"), $config, "$what: the .mrconfig is there, byte for byte");
    ok(-d "$there/one/.git", "$what: so is the repository");
}

sub fails {
    my ($what, $source, $expect, @options) = @_;
    my ($code, $out, $err, $there) = bootstrap($source, @options);
    is($code, 2, "$what: fails");
    is($out, '', "$what: says nothing on standard output");
    like($err, $expect, "$what: says why");
    my @left = glob("$there/* $there/.[!.]*");
    is("@left", '', "$what: writes nothing");
    my @temporary = glob("$ENV{TMPDIR}/*");
    is("@temporary", '', "$what: leaves no temporary file");
    ok(!-e 'pwned', "$what: runs nothing");
}

subtest 'good sources' => sub {
    succeeds('http', "$http/good");
    succeeds('redirect', "$http/redirect");
    succeeds('packed', "$http/packed");
    write_file('list', $config);
    succeeds('a file', 'list');
    succeeds('a file by its URL', "file://$home/list");
    local $ENV{CURL_CA_BUNDLE} = "$home/cert.pem";
    succeeds('https', "$https/good");
    succeeds('https, redirect', "$https/redirect");
    succeeds('https, redirect to http', "$https/down");
    fails('https, redirect to a file of ours', "$https/local", qr{failed: .*file});
    delete $ENV{CURL_CA_BUNDLE};
    local $ENV{SSL_CERT_FILE} = "$home/cert.pem";
    succeeds('https, certificate by another variable', "$https/good");
};

subtest 'certificates' => sub {
    my $hint = qr{^mr bootstrap: invalid SSL certificate for \Q$https\E/good \(consider -k\)\n.*certificate};
    fails('unknown certificate', "$https/good", $hint);
    succeeds('-k', "$https/good", '-k');
    local $ENV{CURL_CA_BUNDLE} = "$home/cert.pem";
    my $other = $https =~ s/localhost/127.0.0.1/r;
    fails('certificate of another host', "$other/good", qr{^mr bootstrap: invalid SSL certificate for \Q$other\E/good \(consider -k\)\n.});
    succeeds('-k for another host', "$other/good", '-k');
    fails('not found', "$https/missing", qr{download of \Q$https\E/missing failed: .*404});
    fails('-k trusts the server, not its file', "$https/hostile", qr{^mr: illegal checkout command}, '-k');
};

subtest 'bad servers' => sub {
    my $failed = sub { qr{\Amr bootstrap: download of \Q$http\E/$_[0] failed: .*$_[1].*\n\z} };
    fails('not found', "$http/missing", $failed->('missing', '404'));
    fails('server error', "$http/broken", $failed->('broken', '503'));
    fails('redirects without end', "$http/loop", $failed->('loop', 'redirects'));
    fails('redirect to a file of ours', "$http/local", $failed->('local', 'file'));
    fails('redirect to ftp', "$http/ftp", $failed->('ftp', 'ftp'));
    fails('redirect to scp', "$http/scp", $failed->('scp', 'scp'));
    fails('reset half-way', "$http/reset", $failed->('reset', '\w'));
    fails('end half-way', "$http/half", $failed->('half', 'remaining'));
    fails('empty answer', "$http/nothing", $failed->('nothing', 'Empty'));
    fails('no HTTP', "$http/garbage", $failed->('garbage', 'HTTP'));
    fails('10 GB announced', "$http/huge", $failed->('huge', 'longer than 16777216 bytes'));
    fails('endless', "$http/endless", $failed->('endless', 'longer than 16777216 bytes'));
    fails('more than that, packed', "$http/bomb", $failed->('bomb', 'longer than 16777216 bytes'));
    fails('empty', "$http/empty", qr{\Amr bootstrap: \Q$http\E/empty gives an empty file\n\z});
    fails('blank', "$http/blank", qr{\Amr bootstrap: \Q$http\E/blank gives an empty file\n\z});
    fails('a web page', "$http/page", qr{\Amr bootstrap: \Q$http\E/page gives a web page, no \.mrconfig});
    fails('stalled', "$http/stall", $failed->('stall', 'timed out'), '--timeout', 1);
    fails('stalled half-way', "$http/drip", $failed->('drip', 'timed out'), '--timeout', 1);
    my $mute = listener();
    my $silent = 'https://localhost:' . $mute->sockport;
    fails('stalled before TLS', "$silent/x", qr{download of \Q$silent\E/x failed: .*timed out}, '--timeout', 1);
    close $mute;
    my $nobody = 'http://127.0.0.1:' . closed_port();
    fails('nobody there', "$nobody/x", qr{download of \Q$nobody\E/x failed: .*connect});
};

# Who asks for 10 GB gets it until mr has had enough: with little memory.
subtest 'memory' => sub {
    plan skip_all => 'a sanitizer needs more' if mr_path() =~ /sanitize/;
    my $said = `ulimit -v 200000; @{[mr_path()]} bootstrap $http/endless memory 2>&1`;
    like($said, qr{longer than 16777216 bytes}, 'an endless answer in 200 MB of address space');
};

subtest 'proxies and passwords, as curl has them' => sub {
    fails('no password', "$http/locked", qr{failed: .*401});
    write_file('.netrc', "machine localhost login me password secret\n");
    succeeds('~/.netrc', "$http/locked");
    succeeds('a password in the address', $http =~ s{//}{//me:secret\@}r . '/locked');
    unlink '.netrc';
    local $ENV{http_proxy} = $http;
    succeeds('http_proxy', 'http://far.invalid/list');
    local $ENV{no_proxy} = 'far.invalid';
    fails('no_proxy', 'http://far.invalid/list', qr{failed: .*far\.invalid});
    delete @ENV{qw(http_proxy no_proxy)};
    local $ENV{all_proxy} = $http;
    succeeds('all_proxy', 'http://far.invalid/list');
};

subtest 'directories' => sub {
    my ($code, $out, $err) = run_mr('bootstrap', "$http/good", 'made/of/many');
    is($code, 0, 'made with its parents') or diag($err);
    ok(-d 'made/of/many/one/.git', 'and used');
    mkdir 'empty';
    is((run_mr('bootstrap', "$http/good", 'empty'))[0], 0, 'an empty one');
    mkdir 'locked', 0500;
    SKIP: {
        skip 'root may write everywhere', 1 if $> == 0;
        like((run_mr('bootstrap', "$http/good", 'locked/x'))[2], qr{cannot make directory locked/x: Permission denied}, 'one that cannot be made');
    }
    for my $case ([$config, 0, qr{^mr bootstrap: finished \(1 ok\)$}m], ["[a]\ncheckout = touch $home/pwned\n", 2, qr{in untrusted - line 2\n\(To trust}]) {
        write_file('piped', $case->[0]);
        my $command = mr_path() . ' bootstrap - in' . $case->[1] . ' <piped 2>&1';
        like(scalar `$command`, $case->[2], 'standard input');
        is($? >> 8, $case->[1], 'its status');
    }
    ok(!-e 'pwned', 'nothing was run');
    ($code, $out, $err) = run_mr('-t', 'bootstrap', "$http/hostile", 'trusting');
    ok(-e 'pwned', 'with -t the person takes what comes');
    unlink 'pwned';
};

subtest 'bad words' => sub {
    fails('no such host', 'http://nowhere.invalid/x', qr{^mr bootstrap: download of http://nowhere.invalid/x failed: .*nowhere.invalid});
    fails('no such protocol', 'weird://host/x', qr{^mr bootstrap: download of weird://host/x failed: .*weird});
    fails('a protocol that is not for this', 'telnet://localhost/', qr{^mr bootstrap: download of telnet://localhost/ failed: .*telnet});
    fails('no host', 'http://', qr{^mr bootstrap: download of http:// failed: \S});
    fails('an option for scp', 'ssh://-oProxyCommand=touch pwned:x', qr{ssh://\[user\@\]host:file});
    fails('an option for ssh', 'ssh://me@-oProxyCommand=touch pwned:x', qr{ssh://\[user\@\]host:file});
    fails('no file for scp', 'ssh://host/file', qr{ssh://\[user\@\]host:file});
    fails('no such file', 'nowhere', qr{^mr bootstrap: cannot read file 'nowhere'\n\z});
    fails('a directory', $home, qr{^mr bootstrap: cannot read file '\Q$home\E': Is a directory\n\z});
    fails('an endless file', '/dev/zero', qr{^mr bootstrap: /dev/zero is longer than 16777216 bytes\n\z});
    my ($code, $out, $err) = run_mr('bootstrap', 'list', 'list');
    is("$code $out$err", "2 mr bootstrap: failed to chdir to list: Not a directory\n", 'a file in the place of the directory');
};

subtest 'scp' => sub {
    mkdir 'bin';
    local $ENV{PATH} = "$home/bin:$ENV{PATH}";
    my $scp = sub { write_file('bin/scp', "#!/bin/sh\n$_[0]\n"); chmod 0755, 'bin/scp' };
    $scp->("[ \"\$1\" = -- ] && [ \"\$2\" = me\@host:list ] && cp $home/list \"\$3\"");
    succeeds('ssh', 'ssh://me@host:list');
    $scp->('echo refused >&2; exit 1');
    fails('scp fails', 'ssh://host:list', qr{^refused\nmr bootstrap: download of ssh://host:list failed: scp exited with status 1\n\z});
    $scp->('kill -TERM $$');
    fails('scp is killed', 'ssh://host:list', qr{failed: scp was ended by signal 15\n});
    $scp->('exec cat /dev/zero >"$3"');
    fails('an endless file', 'ssh://host:list', qr{failed: it is longer than 16777216 bytes\n});
    unlink 'bin/scp';
    $ENV{PATH} = "$home/bin";
    fails('no scp', 'ssh://host:list', qr{failed: there is no scp here\n});
};

subtest 'hostile configurations' => sub {
    my $refused = sub { qr{^mr: .* in untrusted \Q$http\E/$_[0] line \d+\n\(To trust this url, --trust-all} };
    fails('a command', "$http/hostile", $refused->('hostile'));
    fails('an include', "$http/include", $refused->('include'));
    fails('a section outside', "$http/outside", $refused->('outside'));
    # A repository "." that brings links: what they lead to is not written.
    git('init', '-q', "$home/links");
    symlink "$home/victim", 'links/.mrconfig';
    git('-C', 'links', 'add', '.mrconfig');
    git('-C', 'links', 'commit', '-q', '-m', 'A link');
    write_file('dot', "[.]\ncheckout = git clone -q $home/links x && mv x/.git x/.mrconfig . && rmdir x\n");
    my ($code, $out, $err) = run_mr('-t', 'bootstrap', 'dot', 'linked');
    is($code, 0, 'a "." that brings a link: succeeds');
    like($err, qr{^mr bootstrap: \.mrconfig file already exists, not overwriting with dot\n}, 'and is not overwritten');
    ok(!-e 'victim' && -l 'linked/.mrconfig', 'neither is what it leads to');
};

subtest 'what is there already' => sub {
    mkdir 'mine';
    write_file('mine/.mrconfig', "[mine]\ncheckout = git clone $home/one.git mine\n");
    my ($code, $out, $err) = run_mr('bootstrap', "$http/good", 'mine');
    is($code, 0, 'a directory with a .mrconfig: succeeds');
    is($err =~ s/^Cloning.*\n|^warning: You.*\n|^done\.\n//mgr, "mr bootstrap: .mrconfig file already exists, not overwriting with $http/good\n",
        'it says that it keeps it');
    is(read_file('mine/.mrconfig'), "[mine]\ncheckout = git clone $home/one.git mine\n", 'it keeps it');
    ok(-d 'mine/mine/.git' && !-e 'mine/one', 'and checks out what it lists');
    mkdir 'inner';
    chdir 'inner';
    ($code, $out, $err) = run_mr('bootstrap', "$http/good", '../beside');
    is($code, 0, 'a directory beside: succeeds');
    ok(-d '../beside/one/.git', 'and its repository is checked out');
    chdir $home;
    mkdir 'home';
    local $ENV{HOME} = "$home/home";
    chdir 'home';
    ($code, $out, $err) = run_mr('bootstrap', "$http/good");
    is($code, 0, 'the home directory: succeeds');
    is(read_file('.mrconfig'), $config, 'it has its .mrconfig');
    unlink '.mrconfig';
    chdir $home;
    write_file('home/.mrconfig', "[DEFAULT]\nx_trusted_checkout = touch \$repo\n");
    write_file('touching', "[one]\ncheckout = touch one\n");
    ($code, $out, $err) = run_mr('-s', 'bootstrap', 'touching', 'templates');
    is($code, 2, 'the home configuration is not read for what follows');
    like($err, qr{in untrusted \Q$home\E/templates/\.mrconfig line 2\n}, 'as in myrepos');
};

subtest 'progress' => sub {
    my $terminal = tool('pty');
    my $said = `$terminal @{[mr_path()]} bootstrap $http/endless shown </dev/null`;
    like($said, qr{mr bootstrap: \d+ KiB}, 'a terminal is shown how far it is');
    like($said, qr{\r +\rmr bootstrap: download of .* failed}, 'and that is erased in the end');
};

done_testing();
