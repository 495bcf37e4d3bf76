# Repeatable randomness for the property tests: everything that is drawn comes from here.
package RandomChoice;

use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(seed_choices chance number pick some draw);

# After this the same draws follow.
sub seed_choices { srand($_[0]) }

# True that often, in per cent.
sub chance { return rand(100) < $_[0] }

# 0 .. limit - 1
sub number { return int rand $_[0] }

sub pick { return $_[int rand @_] }

# At most that many of the list, in a random order, some of them perhaps twice.
sub some {
    my ($most, @list) = @_;
    return map { pick(@list) } 1 .. number($most + 1);
}

# Draws from a list of [weight, ...].
sub draw {
    my ($list) = @_;
    my $total = 0;
    $total += $_->[0] for @$list;
    my $at = number($total);
    for my $item (@$list) {
        return $item if ($at -= $item->[0]) < 0;
    }
}

1;
