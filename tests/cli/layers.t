#!/usr/bin/perl
# The architecture, as far as a program can see it: what may include what, who may do what, and sizes that a reader can bear.
use strict;
use warnings;
use File::Find;
use FindBin;
use Test::More;

chdir "$FindBin::Bin/../.." or die $!;

# Lowest first. A folder may include itself and what stands below; these three nothing but base.
my @layers = qw(base registry run action git fetch report cmd);
my %only = (run => ['base'], git => ['base'], fetch => ['base']);
my %level = map { $layers[$_] => $_ } 0 .. $#layers;

my @files;
find(sub { push @files, $File::Find::name if /\.[ch]$/ }, 'src');
cmp_ok(scalar @files, '>', 50, 'the sources are found');

my (@upwards, @foreign, @writers, @long_files, @long_functions, @bare);
for my $file (sort @files) {
    my ($layer) = $file =~ m{^src/(\w+)/};
    open my $in, '<', $file or die "$file: $!";
    my @lines = <$in>;
    push @bare, $file if $lines[0] !~ m{^/\* \S};
    push @long_files, $file if @lines > 450;
    my $start;
    for my $n (1 .. @lines) {
        local $_ = $lines[$n - 1];
        push @foreign, "$file:$n" if /#include <git2/ && $layer ne 'git';
        push @foreign, "$file:$n" if /#include <ini\.h>/ && $layer ne 'registry';
        push @foreign, "$file:$n" if /#include <curl/ && $layer ne 'fetch';
        push @writers, "$file:$n" if /\b(?:printf|puts|putchar|fwrite)\s*\(|\bSTDOUT_FILENO\b.*\bwrite|\bstdout\b/ && $layer && $layer ne 'report';
        $start = $n if /^\w.*\)\s*$/ && !/;/;
        if (/^\}/ && $start) {
            push @long_functions, "$file:$start" if $n - $start > 60;
            undef $start;
        }
        next if !m{#include "(\w+)/};
        my $of = $1;
        next if !$layer || !exists $level{$of};
        my $allowed = $of eq $layer || ($only{$layer} ? grep { $_ eq $of } @{$only{$layer}} : $level{$of} < $level{$layer});
        push @upwards, "$file:$n includes $of/" if !$allowed;
    }
}

is("@upwards", '', 'no include points upwards');
is("@foreign", '', 'each library is included in one folder only');
is("@writers", '', 'only report/ writes standard output');
is("@bare", '', 'every file begins by saying what it is');
is("@long_files", '', 'no file is too long to be read at once');
is("@long_functions", '', 'no function is longer than a screen');

# A header stands by itself.
my $cc = $ENV{CC} // 'cc';
my @broken;
for my $header (grep { /\.h$/ } @files) {
    my $status = system("echo '#include \"" . ($header =~ s{^src/}{}r) . "\"' | $cc -std=c11 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -Isrc -fsyntax-only -xc - 2>/dev/null");
    push @broken, $header if $status;
}
is("@broken", '', 'every header compiles alone');

done_testing();
