#!/usr/bin/perl
# The differential cases in cases/bootstrap; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'bootstrap' or die "run: $!\n";
