# A web server on loopback that speaks HTTP/1.1 only and serves the git repositories below a directory by git's own http-backend, each
# in the way that its path says. It is a proxy, too. A process of its own, and one more for each connection.
#
#   my $web = GitWeb->start($dir, $root);    # keeps its log below $dir; also address => '::1', password => 'of the proxy'
#   $web->url('auth/x.git')                  # $root/x.git for who knows the password
#   my $from = $web->seen; ...; $web->seen_since($from)   # a line a request: "METHOD TARGET", then " Name=value" of headers
#
# The first part of the path: plain; gzip (answers are compressed); old (a server that knows no newer protocol than version 0); one
# (and one that knows version 1); auth (user:secret; auth-new: user:new; auth-all: either), header (X-Test: yes), cookie (pass=yes), agent
# (User-Agent: special...), without which it is 401 or 403; auth-busy (401 to those without a password, 503 to all others); moved (301,
# to plain); dumb (files, nothing else); later (429, not before an hour has passed); fails-METHOD-HOW-N (METHOD any, get or post; HOW a
# status or reset; the first N such requests of the path fail so, with Retry-After: 1 for 429, then it is plain).
package GitWeb;

use strict;
use warnings;
use Compress::Zlib ();
use IO::Select;
use IO::Socket::IP;
use IPC::Open2;
use MIME::Base64;
use Socket qw(SOL_SOCKET SO_LINGER);

my @shown = qw(authorization proxy-authorization cookie user-agent x-test x-more git-protocol);
my $closes; # in the process of a connection: this request is its last

sub start {
    my ($class, $dir, $root, %options) = @_;
    my $address = $options{address} // '127.0.0.1';
    my $listener = IO::Socket::IP->new(Listen => 64, LocalHost => $address, LocalPort => 0) or return undef;
    my $port = $listener->sockport;
    my $self = bless {%options, owner => $$, port => $port, root => $root, log => "$dir/web-$port.log",
        host => $address =~ /:/ ? "[$address]" : $address}, $class;
    open my $log, '>', $self->{log} or die "$self->{log}: $!";
    defined($self->{pid} = fork) or die "fork: $!";
    if (!$self->{pid}) {
        setpgrp 0, 0;
        $SIG{CHLD} = 'IGNORE';
        $SIG{PIPE} = 'IGNORE';
        delete @ENV{grep { /^GIT_/ } keys %ENV};
        $self->serve($listener);
    }
    return $self;
}

sub port { return $_[0]{port} }
sub base { return "http://$_[0]{host}:$_[0]{port}" }
sub url { return $_[0]->base . "/$_[1]" }

sub seen { return -s $_[0]{log} }

sub seen_since {
    my ($self, $from) = @_;
    open my $in, '<', $self->{log} or die $!;
    seek $in, $from, 0;
    return map { chomp; $_ } <$in>;
}

sub serve {
    my ($self, $listener) = @_;
    while (1) {
        my $client = $listener->accept or next;
        if (!fork) {
            close $listener;
            open $self->{out}, '>>', $self->{log} or die $!;
            $self->{out}->autoflush;
            1 while eval { $self->answer($client) } && !$closes;
            require POSIX;
            POSIX::_exit(0);
        }
        close $client;
    }
}

# One request; false when the connection is over.
sub answer {
    my ($self, $client) = @_;
    my ($method, $target) = (<$client> // return 0) =~ m{^(\S+) (\S+)} or return 0;
    my %head;
    while (defined(my $line = <$client>)) {
        last if $line =~ /^\r?$/;
        $head{lc $1} = $2 if $line =~ /^([^:]+):\s*(.*?)\r?\n/;
    }
    my $body = read_body($client, \%head);
    $closes = ($head{connection} // '') =~ /close/i;
    my $line = join ' ', "$method $target", map { "$_=$head{$_}" } grep { defined $head{$_} } @shown;
    syswrite $self->{out}, "$line\n";
    return $self->proxy($client, $method, $target, \%head, $body) if $method eq 'CONNECT' || $target =~ m{^http:};
    my ($path, $query) = split /\?/, $target, 2;
    my ($kind, $rest) = $path =~ m{^/([^/]+)(/.*)} or return reply($client, 404);
    my $refusal = $self->refusal($client, $kind, $method, $path, \%head, $rest);
    return $refusal if defined $refusal;
    return $self->file($client, $method, $rest) if $kind eq 'dumb';
    delete $head{'git-protocol'} if $kind eq 'old';
    $head{'git-protocol'} = 'version=1' if $kind eq 'one' && $head{'git-protocol'};
    return $self->backend($client, $method, $rest, $query, \%head, $body, $kind eq 'gzip');
}

sub read_body {
    my ($client, $head) = @_;
    my $body = '';
    read $client, $body, $head->{'content-length'} // 0;
    if (($head->{'transfer-encoding'} // '') eq 'chunked') {
        while (my $size = hex(<$client> =~ s/\s+//gr)) {
            read $client, $body, $size, length $body;
            <$client>;
        }
        <$client>;
    }
    return $body;
}

sub reply {
    my ($client, $status, $content, @head) = @_;
    $content //= '';
    push @head, 'Connection: close' if $closes;
    print $client join "\r\n", "HTTP/1.1 $status Fine", 'Content-Length: ' . length $content, @head, '', $content;
    $client->flush;
    return 1;
}

# Answers who is not served; else undef.
sub refusal {
    my ($self, $client, $kind, $method, $path, $head, $rest) = @_;
    my $user = $head->{authorization} // '';
    if ($kind =~ /^auth/) {
        my @right = $kind eq 'auth-new' ? 'user:new' : $kind eq 'auth-all' ? ('user:new', 'user:secret') : 'user:secret';
        return reply($client, 503) if $kind eq 'auth-busy' && $user;
        return undef if grep { $user eq 'Basic ' . encode_base64($_, '') } @right;
        return reply($client, 401, 'No', 'WWW-Authenticate: Basic realm="x"');
    }
    return reply($client, 403) if $kind eq 'header' && ($head->{'x-test'} // '') ne 'yes';
    return reply($client, 403) if $kind eq 'cookie' && ($head->{cookie} // '') !~ /\bpass=yes\b/;
    return reply($client, 403) if $kind eq 'agent' && ($head->{'user-agent'} // '') !~ /^special/;
    return reply($client, 301, '', "Location: /plain$rest" . ($method eq 'GET' ? '?service=git-upload-pack' : ''))
        if $kind eq 'moved';
    return reply($client, 429, '', 'Retry-After: 3600') if $kind eq 'later';
    my ($which, $how, $times) = $kind =~ /^fails-(any|get|post)-(\w+)-(\d+)$/ or return undef;
    return undef if $which ne 'any' && $which ne lc $method;
    my $methods = $which eq 'any' ? qr/\w+/ : $method;
    return undef if (grep { m{^$methods \Q/$kind/\E} } $self->seen_since(0)) > $times;
    return reply($client, $how, '', $how == 429 ? 'Retry-After: 1' : ()) if $how =~ /^\d/;
    setsockopt $client, SOL_SOCKET, SO_LINGER, pack 'ii', 1, 0;
    close $client;
    return 0;
}

sub file {
    my ($self, $client, $method, $path) = @_;
    open my $in, '<', "$self->{root}$path" or return reply($client, 404);
    return reply($client, $method eq 'GET' && -f $in ? 200 : 405, $method eq 'GET' && -f $in ? do { local $/; <$in> } : '');
}

sub backend {
    my ($self, $client, $method, $path, $query, $head, $body, $zips) = @_;
    my %env = (
        GIT_PROJECT_ROOT => $self->{root}, GIT_HTTP_EXPORT_ALL => 1, PATH_INFO => $path, QUERY_STRING => $query // '',
        REQUEST_METHOD => $method, CONTENT_TYPE => $head->{'content-type'} // '', CONTENT_LENGTH => length $body, REMOTE_ADDR => 'x',
        HTTP_CONTENT_ENCODING => $head->{'content-encoding'} // '', GIT_PROTOCOL => $head->{'git-protocol'} // '',
    );
    local @ENV{keys %env} = values %env;
    my $pid = open2(my $out, my $in, 'sh', '-c', 'exec git http-backend 2>/dev/null');
    print $in $body;
    close $in;
    my ($fields, $content) = split /\r\n\r\n/, do { local $/; <$out> } // '', 2;
    waitpid $pid, 0;
    $content //= '';
    my @fields = split /\r\n/, $fields;
    my ($status) = map { /^Status: (\d+)/ ? $1 : () } @fields;
    if ($zips && ($head->{'accept-encoding'} // '') =~ /gzip/) {
        $content = Compress::Zlib::memGzip($content);
        push @fields, 'Content-Encoding: gzip';
    }
    return reply($client, $status // 200, $content, grep { !/^(?:Status|Content-Length):/i } @fields);
}

# Another server's part: a tunnel, or a request that is passed on.
sub proxy {
    my ($self, $client, $method, $target, $head, $body) = @_;
    my $right = 'Basic ' . encode_base64($self->{password} // '', '');
    return reply($client, 407, '', 'Proxy-Authenticate: Basic realm="x"')
        if defined $self->{password} && ($head->{'proxy-authorization'} // '') ne $right;
    my ($host, $port) = $target =~ m{^(?:http://)?(\[[^]]+\]|[^:/]+):(\d+)} or return reply($client, 400);
    my $there = IO::Socket::IP->new(PeerHost => $host =~ tr/[]//dr, PeerPort => $port) or return reply($client, 502);
    if ($method eq 'CONNECT') {
        print $client "HTTP/1.1 200 Fine\r\n\r\n";
        $client->flush;
    } else {
        my $path = $target =~ s{^http://[^/]+}{}r;
        my %passed = (%$head, connection => 'close', 'content-length' => length $body);
        delete @passed{qw(proxy-authorization proxy-connection transfer-encoding)};
        print $there "$method $path HTTP/1.1\r\n", map({ "$_: $passed{$_}\r\n" } sort keys %passed), "\r\n$body";
        $there->flush;
    }
    copy($client, $there);
    return 0;
}

# All bytes between two sockets, until one of them is closed.
sub copy {
    my ($one, $other) = @_;
    my $select = IO::Select->new($one, $other);
    while (1) {
        for my $from ($select->can_read) {
            my $to = $from == $one ? $other : $one;
            sysread $from, my $bytes, 65536 or return;
            while (length $bytes) {
                my $put = syswrite $to, $bytes or return;
                substr($bytes, 0, $put) = '';
            }
        }
    }
}

sub DESTROY {
    my ($self) = @_;
    return if $self->{owner} != $$;
    local $?;
    kill KILL => -$self->{pid};
    waitpid $self->{pid}, 0;
}

1;
