# What the scripts of `make bench` share: a home of their own, and whole processes timed in turn.
package Bench;
use strict;
use warnings;
use Exporter qw(import);
use File::Temp qw(tempdir);
use Time::HiRes qw(time);
our @EXPORT = qw(enter_home write_file compare);

# Makes an empty home directory and goes there; it is removed in the end.
sub enter_home {
    my $home = tempdir(CLEANUP => 1);
    chdir $home or die $!;
    delete @ENV{grep { /^(?:GIT|MR|XDG)_/ } keys %ENV};
    @ENV{qw(HOME LC_ALL)} = ($home, 'C');
    return $home;
}
END { chdir '/' }

sub write_file {
    my ($name, $text) = @_;
    open my $out, '>', $name or die "$name: $!";
    print $out $text;
    close $out or die "$name: $!";
}

sub median { my @sorted = sort { $a <=> $b } @_; return $sorted[$#sorted / 2] }

sub milliseconds {
    my ($command) = @_;
    my $from = time;
    system("$command >/dev/null 2>&1");
    return 1000 * (time - $from);
}

# Each entry: a name, a shell command, and code that is called before each run, if any; the first one is compared with the others.
# Figures are medians in milliseconds, a ratio is the median of the ratios of each round, so that a machine whose speed drifts does not
# bend it.
sub compare {
    my ($title, $count, @entries) = @_;
    my %times;
    for my $round (0 .. $count) {
        for my $entry (@entries) {
            $entry->[2]->() if $entry->[2];
            my $took = milliseconds($entry->[1]);
            push @{$times{$entry->[0]}}, $took if $round;    # the first round warms up
        }
    }
    print "\n$title\n";
    my $first = $times{$entries[0][0]};
    for my $entry (@entries) {
        my $own = $times{$entry->[0]};
        my $ratio = median(map { $own->[$_] / $first->[$_] } 0 .. $#$own);
        printf "  %-44s %9.1f ms  %8.2f x\n", $entry->[0], median(@$own), $ratio;
    }
}

1;
