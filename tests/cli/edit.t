#!/usr/bin/perl
# mr config and mr register as writers: many at once, killed at any moment, on a disk that is full.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my $mr = mr_path();
# A leak checker cannot work under strace.
$ENV{ASAN_OPTIONS} = join ':', $ENV{ASAN_OPTIONS} // (), 'detect_leaks=0';

# What is left beside the configuration.
sub remains { return join ' ', glob('.mrconfig?* real.* conf/*.*') }

subtest 'forty writers' => sub {
    my $home = sandbox();
    mkdir 'conf';
    write_file('conf/mine', "# mine\n[s1]\nold=kept\n");
    chmod 0640, 'conf/mine';
    symlink 'conf/mine', '.mrconfig';
    for my $n (1 .. 20) {
        system("git init -q g$n && git -C g$n remote add origin https://example.org/g$n.git") == 0 or die;
    }
    my @writers = map { (start_mr("c$_", 'config', "s$_", "checkout=c$_"), start_mr("r$_", 'register', "g$_")) } 1 .. 20;
    is(join(' ', map { wait_exit($_) // 'hung' } @writers), join(' ', (0) x 40), 'all succeed');
    my $text = read_file('conf/mine');
    like($text, qr/\A# mine\n\[s1\]\nold=kept\n/, 'what was there stays');
    is(scalar(grep { $text =~ /^\[s$_\]\n(?:old=kept\n)?checkout = c$_$/m } 1 .. 20), 20, 'every setting is there');
    is(scalar(grep { $text =~ m{^\[g$_\]\ncheckout = git clone 'https://example.org/g$_.git' 'g$_'$}m } 1 .. 20), 20,
        'every repository is there');
    is(scalar(() = $text =~ /^\[/mg), 40, 'once');
    ok(-l '.mrconfig', 'the link stays a link');
    is((stat 'conf/mine')[2] & 07777, 0640, 'the mode stays');
    is(remains(), '', 'nothing else is left');
};

# Runs mr config under strace with faults injected; returns its wait status and standard error.
sub config_with {
    my ($inject) = @_;
    my $status = system("strace -o /dev/null -e inject=$inject '$mr' config a x=2 2>err");
    return ($status, read_file('err'));
}

SKIP: {
    skip 'no strace here', 2 if system('strace -o /dev/null -e inject=fsync:error=EIO true 2>/dev/null');
    my $old = "# mine\n[a]\nx = 1\n" . "# a comment that is long\n" x 1000;
    my $new = $old =~ s/x = 1/x = 2/r;

    subtest 'killed at every system call that changes something' => sub {
        my %seen = (old => 0, new => 0, torn => 0);
        my $blocked = 0;
        for my $call (qw(openat fcntl write fchown fchmod fsync close rename unlink)) {
            for my $when (1 .. 40) {
                sandbox();
                write_file('.mrconfig', $old);
                my ($status) = config_with("$call:signal=KILL:when=$when");
                last if !$status;
                my $text = read_file('.mrconfig') // '';
                $seen{$text eq $old ? 'old' : $text eq $new ? 'new' : 'torn'}++;
                $blocked += (run_mr('config', 'a', 'x=3'))[0] != 0 if $call ne 'openat';
            }
        }
        is($seen{torn}, 0, 'the file is always the old one or the new one');
        cmp_ok($seen{old}, '>', 5, 'it was often the old one');
        cmp_ok($seen{new}, '>', 1, 'and the new one');
        is($blocked, 0, 'the lock of the dead holds nobody up');
    };

    subtest 'no room' => sub {
        for my $fault ('write:error=ENOSPC:when=1', 'fsync:error=EIO:when=1', 'rename:error=EDQUOT', 'fchmod:error=EPERM') {
            sandbox();
            write_file('.mrconfig', $old);
            my ($status, $err) = config_with($fault);
            is($status >> 8, 2, "$fault: status");
            like($err, qr{^mr config: write \S+/\.mrconfig: \w}, "$fault: is reported");
            ok(read_file('.mrconfig') eq $old, "$fault: the old file is kept");
            is(remains(), '', "$fault: nothing else is left");
        }
    };
}

done_testing();
