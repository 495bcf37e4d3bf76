# What was said and left of many repositories, natively and by git: compared and reported.
#
# A batch is a hash: {fleet} its repositories, {number} and {mode} for the report, {differences}, {ways} and {reasons} what was found.
package FleetComparison;

use strict;
use warnings;
use Exporter 'import';
use Test::More;

our @EXPORT = qw(compare compare_beside count_ways report_comparison);

# Where two texts differ: some lines of each.
sub differing_lines {
    my ($want, $got) = @_;
    my @want = split /\n/, $want // '(nothing)';
    my @got = split /\n/, $got // '(nothing)';
    my %left;
    $left{$_}++ for @got;
    my @lines = map { "- $_" } grep { --$left{$_} < 0 } @want;
    %left = ();
    $left{$_}++ for @want;
    push @lines, map { "+ $_" } grep { --$left{$_} < 0 } @got;
    if (!@lines) {
        my ($at) = grep { ($want[$_] // '') ne ($got[$_] // '') } 0 .. (@want > @got ? $#want : $#got);
        @lines = ("in another order: - $want[$at]", "+ $got[$at]");
    }
    splice @lines, 12 if @lines > 12;
    return join '', map { s/[^\x20-\x7e]/sprintf '\\%03o', ord $&/ger . "\n" } @lines;
}

# What mr says of the native path is not part of the comparison.
sub without_remarks { return defined $_[0] ? $_[0] =~ s/^mr status: native: .*\n//mgr : undef }

# Compares what two runs said, or left, of each repository; the first is git.
sub compare {
    my ($batch, $what, $want, $got) = @_;
    my @differing;
    for my $r (@{$batch->{fleet}}) {
        my ($x, $y) = map { without_remarks($_->{$r->{name}}) } $want, $got;
        next if ($x // '') eq ($y // '');
        push @differing, $r->{name};
        push @{$batch->{differences}}, {repository => $r, what => $what, lines => differing_lines($x, $y), said => $got->{$r->{name}} // ''};
    }
    return @differing;
}

sub compare_beside {
    my ($batch, $what, $want, $got) = @_;
    s/^mr status: native: .*\n//mg, s/^.*\bnative\b.*\n//mg for $want, $got;
    return if $want eq $got;
    push @{$batch->{differences}}, {what => $what, lines => differing_lines($want, $got), said => ''};
}

# How each repository was answered, from the remarks of -v. A worker that crashed is a difference, although git is asked then.
sub count_ways {
    my ($batch, $said) = @_;
    for my $r (@{$batch->{fleet}}) {
        my $text = $said->{$r->{name}} // '';
        push @{$batch->{differences}}, {repository => $r, what => 'a worker fails', lines => '', said => $text} if $text =~ /worker process crashed|it took too long/;
        my ($way) = $text =~ /^mr status: native: (.*)$/m;
        my $kind = !defined $way ? 'none' : $way =~ /^done without git/ ? 'native' : $way =~ /^(?:left to git|not used), / ? 'git' : 'mixed';
        $batch->{ways}{$kind}++;
        $batch->{reasons}{$way =~ s/^[^,]*, //r =~ s{\S*/\S*|\S*\d\S*|"[^"]*"}{X}gr}++ if $kind eq 'git' || $kind eq 'mixed';
    }
}

# Shows the differences of all batches and how repositories were answered; returns how many differences there are, and the ways with
# their counts.
sub report_comparison {
    my (%ways, %reasons);
    my $differences = 0;
    for my $batch (sort { $a->{number} <=> $b->{number} } @_) {
        $ways{$_} += $batch->{ways}{$_} for keys %{$batch->{ways}};
        $reasons{$_} += $batch->{reasons}{$_} for keys %{$batch->{reasons}};
        for my $difference (@{$batch->{differences}}) {
            next if ++$differences > 40;
            my $r = $difference->{repository};
            diag(sprintf "%s, %s, batch %d (%s):\n%s", $difference->{what}, $r ? $r->{name} : 'no repository', $batch->{number}, $batch->{mode} // '', $difference->{lines});
            diag("  $_") for $difference->{said} =~ /^(mr status: native: .*)/m;
            diag('  made by: ' . join '; ', map { s/[^\x20-\x7e]/?/gr } @{$r->{steps}}) if $r;
        }
    }
    note("$reasons{$_} $_") for sort { $reasons{$b} <=> $reasons{$a} || $a cmp $b } keys %reasons;
    return ($differences, %ways);
}

1;
