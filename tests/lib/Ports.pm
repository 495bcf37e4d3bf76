# TCP ports of 127.0.0.1 for tests that run beside others.
package Ports;

use strict;
use warnings;
use Exporter 'import';
use IO::Socket::INET;

our @EXPORT = qw(free_port closed_port);
my (@kept, %given);

# For a server that is started right away; another one at each call. Below those that systems give to clients and to servers that name none: Linux from 32768,
# the BSDs and macOS from 49152.
sub free_port {
    for (1 .. 1000) {
        my $socket = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', LocalPort => 20000 + int rand 12000) or next;
        return $socket->sockport if !$given{$socket->sockport}++;
    }
    die "no free port: $!";
}

# One on which a connection is refused: bound for as long as the test runs, so that no other test's server gets it.
sub closed_port {
    push @kept, IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Proto => 'tcp') || die "socket: $!";
    return $kept[-1]->sockport;
}

1;
