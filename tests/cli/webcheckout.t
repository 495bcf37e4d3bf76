#!/usr/bin/perl
# webcheckout against a server on loopback: beside Debian's, where that is right; alone where it is better; and against hostile pages.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Path qw(remove_tree);
use FindBin;
use IO::Socket::INET;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my $home = sandbox();
my $owner = $$;
my $server;
END { my $status = $?; if ($server && $$ == $owner) { kill 'KILL', $server; waitpid $server, 0 } $? = $status }
delete @ENV{grep { /_proxy$/i } keys %ENV};
my $oracle = -x '/usr/bin/webcheckout' && eval { require LWP::Simple; require HTML::Parser } ? '/usr/bin/webcheckout' : undef;

# Called by its second name, as it is installed.
mkdir 'bin';
symlink abs_path(mr_path()), 'bin/webcheckout' or die $!;
my $ours = "$home/bin/webcheckout";

# Answers with the file that the path names.
sub start_server {
    my $listener = IO::Socket::INET->new(Listen => 20, LocalAddr => '127.0.0.1', Proto => 'tcp') or die "socket: $!";
    $server = fork // die "fork: $!";
    return 'http://127.0.0.1:' . $listener->sockport if $server;
    local $SIG{PIPE} = 'IGNORE';
    while (my $client = $listener->accept) {
        my ($path) = (<$client> // '') =~ m{^GET /([^\s?]+)};
        while (defined(my $line = <$client>)) { last if $line eq "\r\n" }
        my $text = defined $path ? read_file("$home/$path") : undef;
        print $client defined $text ? "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n$text" : "HTTP/1.0 404 Not Found\r\n\r\n";
        close $client;
    }
    POSIX::_exit(0);
}

my $http = start_server();

# Programs that only say how they were called; they fail where the address ends in "fail".
mkdir 'stubs';
for my $name (qw(git svn bzr)) {
    write_file("stubs/$name", <<'END');
#!/bin/sh
[ "$1" != --version ] || { echo "git version 2.39.5"; exit; }
printf '%s in %s (%s):' "${0##*/}" "${PWD##*/}" "$GIT_PROTOCOL_FROM_USER"
for word; do printf ' <%s>' "$word"; done
echo
case "$*" in *fail) exit 3 ;; esac
END
    chmod 0755, "stubs/$name";
}

# Runs a webcheckout in a fresh directory; returns exit status, output, errors, files.
sub run_it {
    my ($program, $page, @words) = @_;
    write_file('page', $page);
    remove_tree('there');
    mkdir 'there';
    my $pid = fork // die;
    if (!$pid) {
        chdir 'there';
        open STDOUT, '>', '../out';
        open STDERR, '>', '../err';
        exec $program, @words or POSIX::_exit(99);
    }
    waitpid $pid, 0;
    my $status = $? & 127 ? 'killed' : $? >> 8;
    my $files = join ' ', sort map { s{^there/}{}r } glob('there/* there/*/*');
    return ($status > 1 ? 2 : $status, read_file('out'), read_file('err'), $files);
}

# Debian's prints what stands on different lines in the order of a hash.
sub sorted { return join '', sort split /^/, $_[0] }

sub agrees {
    my ($what, $page, @words) = @_;
    @words = ("$http/page") if !@words;
    local $ENV{PATH} = "$home/stubs:$ENV{PATH}";
    my ($code, $out, $err, $files) = run_it($ours, $page, @words);
    s/^webcheckout: .*\n//mg for $err;    # the reason
    my $said = "$code\n" . sorted($out) . sorted($err) . $files;
    return ok($code =~ /^[012]$/, "$what: there is no other to compare with") if !$oracle;
    ($code, $out, $err, $files) = run_it($oracle, $page, @words);
    s/ at \S+ line \d+\.$//mg for $err;
    is($said, "$code\n" . sorted($out) . sorted($err) . $files, $what);
}

# The links of a page: pairs of rel and href; all have the title.
sub links {
    my ($title, @pairs) = @_;
    my $page = '';
    while (my ($rel, $href) = splice @pairs, 0, 2) {
        $page .= qq{<link rel="$rel" href="$href" title="$title">\n};
    }
    return $page;
}

my $page = '<html><head>' . links('x', 'vcs-git', 'https://h/x.git') . '</head></html>';
my $two = links('one', 'vcs-git', 'https://h/one') . links('two', 'vcs-svn', 'svn://h/two');

subtest 'systems and words' => sub {
    my $at = "$http/page";
    agrees("$_", links('t', "vcs-$_", "http://h/$_")) for qw(git svn bzr hg cvs);
    agrees('a directory', $page, $at, 'directory');
    agrees("@$_", $page, @$_) for ['-n', $at], ['-n', $at, 'to'], ['-q', $at], ['-nq', $at], ['--noact', '--quiet', $at], ['--au', $at],
        ['--', $at, '-x'], ['-x', $at], ['--no-such', '-yz', $at], [], ['-n'], [$at, 'a', 'b', 'c'], [$at =~ s{http://}{}r], ['../page'],
        ["$home/page"], ["file://$home/page"], ["  $at "], ["$http/missing"], [''];
    agrees('several', $two);
    agrees('several into a directory', $two, $at, 'new');
    agrees('several, no act', $two, '-n', $at, 'new');
    agrees('several into a file', $two, $at, '../page');
    agrees('nothing', '<html>');
    agrees('one fails', links('a', 'vcs-git', 'http://h/fail') . links('b', 'vcs-svn', 'http://h/b'));
    agrees('one is unknown', links('a', 'vcs-rcs', 'http://h/a') . links('b', 'vcs-svn', 'http://h/b'));
};

subtest 'preference' => sub {
    my @urls = ('https://h/x', 'git://h/x', 'bzr://h/x', 'svn://h/x', 'http://h/x', 'ssh://h/x', 'svn+ssh://h/x', 'me@h:x', 'HTTPS://h/y');
    my $pairs = '';
    for my $n (0 .. $#urls) {
        my $other = $urls[($n + 1) % @urls];
        $pairs .= links("pair $n", map { ('vcs-git', s{(?=x)}{$n}r) } $urls[$n], $other);
    }
    agrees('pairs', $pairs, '-n', "$http/page");
    agrees('pairs, -a', $pairs, '-na', "$http/page");
    my @all = map { ('vcs-git', $_) } @urls;
    agrees('all', links('t', @all), '-n', "$http/page");
    agrees('all, -a', links('t', @all), '-na', "$http/page");
    agrees('two systems', links('t', 'vcs-svn', 'http://h/a', 'vcs-bzr', 'http://h/b', 'vcs-git', 'ssh://h/b'));
    agrees('the same twice', links('a', 'vcs-git', 'http://h/a') . links('b', 'vcs-git', 'http://h/a', 'vcs-svn', 'http://h/b'));
    agrees('no titles', '<link rel=vcs-git href=http://h/1><link rel=vcs-git href=http://h/2 title="">');
};

subtest 'pages' => sub {
    my @whole = (
        q{<LINK REL="VCS-GIT" HREF='http://h/1'/>}, q{<link rel = vcs-git href=http://h/1/>}, q{<link rel=vcs-git>},
        q{<link rel=vcs- href=x>}, q{<link rel=xvcs-git href=x>}, q{<img rel=vcs-git href=http://h/1>},
        q{<link rel="vcs-&#103;it" href="http://h/1?a&amp;b&#65;&#x42;&lt;&amp">}, q{<link rel=vcs-git href="http://h/1>" x"y=3>},
        q{<link rel=vcs-git href=http://h/1 href=http://h/2 rel=vcs-svn>}, q{<body><div><a rel=vcs-svn href=http://h/1>x</a></div>},
        q{<!-- <link rel=vcs-git href=http://h/1> -->}, q{<!-->  <link rel=vcs-git href=http://h/1>},
        (map { "<$_><link rel=vcs-git href=http://h/1></$_><link rel=vcs-git href=http://h/2>" } qw(script style title textarea xmp)),
        q{<a rel=vcs-git href=http://h/1>bar</a><a rel=vcs-git href=git://h/2>b<b>a</b>r</a>},
        q{<a rel=vcs-git href=http://h/1>foo</a><link rel=vcs-git href=git://h/2 title=foo>},
        q{<a rel=vcs-git href=http://h/1 title=a>foo</a><a rel=vcs-git href=git://h/2>foo</a>},
        q{<a rel=vcs-git href=http://h/1> foo</a><a rel=vcs-git href=git://h/2>foo</a>},
        q{<a rel=vcs-git href=http://h/1>foo<a rel=vcs-git href=http://h/2>foo</a>},
        q{< link rel=vcs-git href=http://h/1>}, q{<x:link rel=vcs-git href=http://h/1>}, q{<![CDATA[<link rel=vcs-git href=http://h/1>]]>},
        qq{<?xml version="1.0"?><!DOCTYPE html>\n$page},
    );
    for my $n (0 .. $#whole) {
        $whole[$n] =~ s{//h(?=/)}{//h$n}g;
        $whole[$n] =~ s{foo}{foo$n}g;
    }
    agrees('elements', "@whole", '-n', "$http/page");
    agrees($_, $_, '-n', "$http/page") for q{<a rel=vcs-git href=http://h/1>unclosed}, q{<link rel=vcs-git href="http://h/1"};
};

subtest 'better' => sub {
    local $ENV{PATH} = "$home/stubs:$ENV{PATH}";
    my ($code, $out, $err) = run_it($ours, $page, '--no-act', "$http/page");
    is("$code$out$err", "0git -c protocol.file.allow=user clone -- https://h/x.git\n", '--no-act as the manual has it');
    ($code, $out, $err) = run_it($ours, '<link rel="alternate vcs-git" href=http://h/1>', '-n', "$http/page");
    is("$code$out$err", "0git -c protocol.file.allow=user clone -- http://h/1\n", 'several words in rel');
    ($code, $out, $err) = run_it($ours, join('', map { links($_, 'vcs-svn', "http://h/$_") } 1 .. 9), '-n', "$http/page", 'a/b');
    is($out, join('', map { "svn checkout -- http://h/$_\n" } 1 .. 9), 'the order of the page');
    ($code, $out, $err) = run_it($ours, $two, "$http/page", 'a/b');
    is("$code$err", 0, 'a directory in one that is not there yet');
    like($out, qr{^git in b \(0\): .*\nsvn checkout.*\nsvn in b }m, 'is made');
    ($code, $out, $err) = run_it($ours, '', "$http/missing");
    like($err, qr{^failed to download \Q$http\E/missing\n.*404}, 'why a download failed');
    is($code, 2, 'and that is an error');
};

subtest 'hostile pages' => sub {
    local $ENV{PATH} = "$home/stubs:$ENV{PATH}";
    for my $url ('--upload-pack=touch x', '-x', 'ext::sh -c touch% x', 'ssh://-oProxyCommand=x/y', 'ssh://me@-oProxyCommand=x/y', 'me@-x:y',
        "http://h/a&#10;b", "http://h/\e[2J", 'http://h/.git.git', 'http://h/..', 'h:.ssh', 'http://h/%2egit', 'http://h/a%2f..%2fb') {
        for my $vcs (qw(git svn bzr)) {
            my ($code, $out, $err, $files) = run_it($ours, links('t', "vcs-$vcs", $url), "$http/page");
            is("$code$out$files", '1', "$vcs $url: runs nothing");
            like($err, qr{^webcheckout: left out [^\e\n]*: [\w ;]+\n\z}, 'and says why');
        }
    }
    my ($code, $out, $err) = run_it($ours, links("t", "vcs-\e]x", "http://h/\e"), "$http/page");
    is($err, "unknown repository type ?]x for http://h/?\n", 'nothing reaches the terminal');
    ($code, $out, $err) = run_it($ours, links('t', 'vcs-git', 'http://h/.x'), "$http/page", 'named');
    is($code, 0, 'a directory that the user names');
    ($code, $out, $err) = run_it($ours, links('t', 'vcs-git', 'http://h/x/.git'), "$http/page");
    is($code, 0, 'the .git of a repository');
    ($code, $out, $err) = run_it($ours, '<a rel=vcs-git href=x>' x 100_000, "$http/page");
    is("$code$err", "2webcheckout: $http/page: the page names more than 1000 repositories\n", 'a flood of links');
    ($code, $out, $err) = run_it($ours, '<!--' . '<a "' x 1_000_000, "$http/page");
    is("$code$err", "2no repositories found on $http/page\n", 'a flood of nothing');
};

subtest 'git itself' => sub {
    system('git', 'init', '-q', '--bare', 'one.git') == 0 or die;
    my ($code, $out, $err) = run_it($ours, links('t', 'vcs-git', "file://$home/one.git"), "$http/page");
    is($code, 1, 'a file of this machine is not for a page to name');
    ok(!-e 'there/one', 'nothing is there');
    system('git', '-C', 'one.git', 'update-server-info') == 0 or die;
    my ($code2, $out2, $err2, $files) = run_it($ours, links('t', 'vcs-git', "$http/one.git"), "$http/page");
    is($code2, 0, 'a repository from a server') or diag($err2);
    ok(-d 'there/one/.git', 'is there');
    ($code, $out, $err) = run_it($ours, links('t', 'vcs-git', "$http/none.git"), "$http/page");
    is($code, 1, 'one that is not there');
    like($err, qr{^failed to checkout \Q$http\E/none.git\n\z}m, 'is named');
    local $ENV{PATH} = "$home/nothing";
    ($code, $out, $err) = run_it($ours, links('t', 'vcs-bzr', 'http://h/x'), "$http/page");
    is("$code$err", "1webcheckout: there is no bzr here\nfailed to checkout http://h/x\n", 'a program that is not there');
};

subtest 'Subversion and Bazaar themselves' => sub {
    my %make = (svn => 'svnadmin create one.svn', bzr => 'bzr init -q one.bzr');
    for my $vcs (qw(svn bzr)) {
      SKIP: {
            skip "no $vcs here", 2 if system("$make{$vcs} >/dev/null 2>&1");
            my @words = (links('t', "vcs-$vcs", "file://$home/one.$vcs"), "$http/page");
            my ($code, $out, $err) = run_it($ours, @words);
            is($code, 0, "$vcs: a repository") or diag($err);
            ok(-d "there/one.$vcs/.$vcs", 'is there');
        }
    }
};

# A program that says that it runs, and does so until a signal comes.
subtest 'signals' => sub {
    local $ENV{PATH} = "$home/stubs:$ENV{PATH}";
    write_file('stubs/git', <<"END");
#!/bin/sh
trap 'sleep 0.1; echo ended >>$home/ended; exit 3' TERM INT
echo \$\$ >$home/pid.new
mv $home/pid.new $home/pid
while :; do sleep 0.05; done
END
    write_file('page', links('a', 'vcs-git', 'http://h/a') . links('b', 'vcs-git', 'http://h/b'));
    for my $signal (qw(TERM INT)) {
        unlink 'pid', 'ended', 'out';
        my $pid = fork // die "fork: $!";
        if (!$pid) {
            setpgrp;
            $SIG{$_} = 'DEFAULT' for qw(INT QUIT TERM);
            open STDOUT, '>', 'out';
            exec $ours, '-q', "$http/page" or POSIX::_exit(99);
        }
        ok(wait_until(sub { -e 'pid' }), "$signal: the program runs") or kill 'KILL', -$pid;
        kill $signal, $signal eq 'INT' ? -$pid : $pid;    # Ctrl-C goes to all
        is((wait_exit($pid, 20) // -1) & 127, {TERM => POSIX::SIGTERM(), INT => POSIX::SIGINT()}->{$signal}, "$signal ends it");
        is(read_file('ended'), "ended\n", 'and the program before it; none is started after it');
    }
};

done_testing();
