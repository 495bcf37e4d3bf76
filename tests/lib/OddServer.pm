# A web server on loopback that does to a request what its path says; in a process of its own, one more for each connection.
#
#   my $server = OddServer->start($dir);   # keeps its log below $dir
#   $server->url('status-404/x.git')
#   $server->log                           # "CONNECTION METHOD PATH AUTHORIZATION" a line, as requests come
#
# The first part of the path: list, auth (list with user:secret, else 401), status-NNN, busy-N (429 with Retry-After: 0 for the first
# N requests of that path, then list), html, redirect, cut (a list without its end), garbage, hang, headers and half (then it hangs), trickle, close, reset, endless.
# It stops when the object goes away.
package OddServer;

use strict;
use warnings;
use IO::Socket::INET;
use MIME::Base64;
use Socket qw(SOL_SOCKET SO_LINGER);

my $id = 'a' x 40;
my $list = join '', map({ sprintf '%04x%s', 4 + length, $_ } "$id HEAD symref-target:refs/heads/main\n", "$id refs/heads/main\n"), '0000';

sub start {
    my ($class, $dir) = @_;
    my $listener = IO::Socket::INET->new(Listen => 64, LocalAddr => '127.0.0.1', Proto => 'tcp') or die "socket: $!";
    my $self = bless {owner => $$, port => $listener->sockport, log => "$dir/odd.log"}, $class;
    open my $log, '>', $self->{log} or die "$self->{log}: $!";
    defined($self->{pid} = fork) or die "fork: $!";
    if (!$self->{pid}) {
        setpgrp 0, 0;
        $SIG{CHLD} = 'IGNORE';
        $SIG{PIPE} = 'IGNORE';
        serve($listener, $self->{log});
    }
    return $self;
}

sub url { return "http://127.0.0.1:$_[0]{port}/$_[1]" }
sub port { return $_[0]{port} }

sub log {
    my ($self) = @_;
    open my $in, '<', $self->{log} or die $!;
    return map { chomp; $_ } <$in>;
}

sub serve {
    my ($listener, $log) = @_;
    for (my $number = 1; ; $number++) {
        my $client = $listener->accept or next;
        if (!fork) {
            close $listener;
            open my $out, '>>', $log or die $!;
            $out->autoflush;
            1 while answer($client, $number, $out, $log);
            require POSIX;
            POSIX::_exit(0);
        }
        close $client;
    }
}

# One request; false when the connection is over.
sub answer {
    my ($client, $number, $out, $log) = @_;
    my ($method, $path) = (<$client> // return 0) =~ m{^(\S+) /?(\S*)} or return 0;
    my %head;
    while (defined(my $line = <$client>)) {
        last if $line =~ /^\r?$/;
        $head{lc $1} = $2 if $line =~ /^([^:]+):\s*(.*?)\r?\n/;
    }
    read $client, my $body, $head{'content-length'} // 0;
    syswrite $out, "$number $method $path " . ($head{authorization} // '-') . "\n";
    my ($kind) = split m{/}, $path;
    my $reply = sub {
        my ($status, $type, $content, @more) = @_;
        print $client join "\r\n", "HTTP/1.1 $status Fine", "Content-Type: $type", 'Content-Length: ' . length $content, @more, '', $content;
        $client->flush;
        return 1;
    };
    my $ok = sub { $reply->(200, 'application/x-git-upload-pack-result', $_[0] // $list) };
    return $ok->() if $kind eq 'list';
    return $ok->(substr $list, 0, -10) if $kind eq 'cut';
    return $ok->("\0\1\2garbage") if $kind eq 'garbage';
    return $reply->(200, 'text/html', '<html></html>') if $kind eq 'html';
    return $reply->(301, 'text/html', '', 'Location: /list/x.git/git-upload-pack') if $kind eq 'redirect';
    return $reply->($1, 'text/plain', '', $1 == 401 ? 'WWW-Authenticate: Basic realm="x"' : ()) if $kind =~ /^status-(\d+)$/;
    if ($kind eq 'auth') {
        return $ok->() if ($head{authorization} // '') eq 'Basic ' . encode_base64('user:secret', '');
        return $reply->(401, 'text/plain', '', 'WWW-Authenticate: Basic realm="x"');
    }
    if ($kind =~ /^busy-(\d+)$/) {
        open my $in, '<', $log or die $!;
        my $seen = grep { (split)[2] eq $path } <$in>;
        return $seen > $1 ? $ok->() : $reply->(429, 'text/plain', '', 'Retry-After: 0');
    }
    if ($kind eq 'trickle' || $kind eq 'endless') {
        print $client "HTTP/1.1 200 Fine\r\nContent-Type: application/x-git-upload-pack-result\r\n\r\n";
        $client->flush;
        my $chunk = $kind eq 'endless' ? '0005a' x 100_000 : '0';
        while (syswrite $client, $chunk) {
            select undef, undef, undef, 0.05 if $kind eq 'trickle';
        }
    }
    if ($kind eq 'headers' || $kind eq 'half') {
        print $client "HTTP/1.1 200 Fine\r\nContent-Type: application/x-git-upload-pack-result\r\nContent-Length: " . length($list) . "\r\n\r\n";
        print $client substr $list, 0, 60 if $kind eq 'half';
        $client->flush;
    }
    <$client> if $kind =~ /^(?:hang|headers|half)$/; # until the other side gives up
    setsockopt $client, SOL_SOCKET, SO_LINGER, pack 'ii', 1, 0 if $kind eq 'reset';
    close $client;
    return 0;
}

sub DESTROY {
    my ($self) = @_;
    return if $self->{owner} != $$;
    local $?;
    kill KILL => -$self->{pid};
    waitpid $self->{pid}, 0;
}

1;
